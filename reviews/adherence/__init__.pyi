from .selectors import statements_of as statements_of
