from .selectors import (
    member_of_request as member_of_request,
    second_of_first_hour as second_of_first_hour,
)
from .services.accounts import (
    change_address as change_address,
    change_role as change_role,
    check_address as check_address,
    check_closed as check_closed,
    check_open as check_open,
    check_role as check_role,
    close_account as close_account,
    reopen_account as reopen_account,
)
from .services.deliveries import retry_delivery as retry_delivery
from .services.members import (
    add_member as add_member,
    add_second_member as add_second_member,
    check_new_member as check_new_member,
    member_wanted as member_wanted,
)
