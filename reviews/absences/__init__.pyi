from .selectors import absences_of as absences_of, absent_now as absent_now, possible_deputies as possible_deputies
from .services import record_absence as record_absence, remove_absence as remove_absence
