from .stops import TourOfPage as TourOfPage, tour_at as tour_at
