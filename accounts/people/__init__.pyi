from .backends import PATH as PATH
from .capacities import (
    is_in_first_hour as is_in_first_hour,
    is_last_administrator as is_last_administrator,
    lock_administrators as lock_administrators,
)
from .forms import OfficerField as OfficerField, ProfileForm as ProfileForm
from .policy import (
    LAST_ADMINISTRATOR as LAST_ADMINISTRATOR,
    SECRETARIAT as SECRETARIAT,
    Actor as Actor,
    RoleFacts as RoleFacts,
    administrator as administrator,
    forget_staff_session as forget_staff_session,
    in_secretariat as in_secretariat,
    is_secretariat as is_secretariat,
    officer as officer,
    open_staff_session as open_staff_session,
    secretariat_role as secretariat_role,
)
from .selectors import (
    INVITATION as INVITATION,
    account_rule as account_rule,
    accounts_for_list as accounts_for_list,
    acts_within as acts_within,
    affiliations_of as affiliations_of,
    forget_account_rule as forget_account_rule,
    get_account as get_account,
    has_second_factor as has_second_factor,
    officers as officers,
    people_named as people_named,
    recovery_codes_of as recovery_codes_of,
    register_grace as register_grace,
    second_factor_due as second_factor_due,
    second_factors_of as second_factors_of,
    secretariat_members as secretariat_members,
    staff_session_key as staff_session_key,
    staff_sessions_of as staff_sessions_of,
    staff_sessions_of_state as staff_sessions_of_state,
)
from .services.affiliations import affiliate as affiliate
from .services.missions import affiliate_mission as affiliate_mission, end_mission as end_mission
from .services.users import register_user as register_user, update_profile as update_profile
from .views.language import remember_language as remember_language
