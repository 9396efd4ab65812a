from .selectors import affiliations_of as affiliations_of, open_affiliation as open_affiliation
from .services import affiliate as affiliate, affiliate_mission as affiliate_mission, end_mission as end_mission
