from .backends import PATH as PATH
from .capacities import (
    is_in_first_hour as is_in_first_hour,
    is_last_administrator as is_last_administrator,
    lock_administrators as lock_administrators,
)
from .forms import OfficerField as OfficerField
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
    account_rule as account_rule,
    forget_account_rule as forget_account_rule,
    get_account as get_account,
    is_sole_officer as is_sole_officer,
    officers as officers,
)
from .services import register_user as register_user
