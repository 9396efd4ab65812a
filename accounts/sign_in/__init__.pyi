from .services.factors import reset_second_factor as reset_second_factor
