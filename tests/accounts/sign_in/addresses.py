"""Who gets what at the addresses of signing in and of the safety of one's own account."""

from tests.permissions.urls_base import ANYBODY, Access, Page, once

# Nobody of the cast has a second factor or another session: there is nothing to remove or to end.
_NOTHING_THERE = once(Access())
PUBLIC = [
    Page("account_login", ANYBODY, success=302, anonymous=200),
    Page("mfa_login_webauthn", ANYBODY, success=302),
    Page("mfa_authenticate", ANYBODY, success=302),
]
OWN_ACCOUNT = [
    Page("account_reauthenticate", ANYBODY),
    # Both lead to the passphrase where there is no second factor.
    Page("mfa_reauthenticate", ANYBODY, success=302),
    Page("mfa_reauthenticate_webauthn", ANYBODY, success=302),
    Page("mfa_index", ANYBODY),
    Page("mfa_activate_totp", ANYBODY),
    Page("mfa_deactivate_totp", _NOTHING_THERE),
    Page("mfa_add_webauthn", ANYBODY),
    Page("mfa_edit_webauthn", _NOTHING_THERE, lambda scene: [1]),
    Page("mfa_edit_webauthn", _NOTHING_THERE, lambda scene: [1], "post"),
    Page("mfa_remove_webauthn", _NOTHING_THERE, lambda scene: [1]),
    Page("mfa_view_recovery_codes", _NOTHING_THERE),
    Page("mfa_generate_recovery_codes", ANYBODY),
    Page("usersessions_list", ANYBODY),
    Page("usersessions_end_others", ANYBODY, method="post", success=302),
    Page("usersessions_end", _NOTHING_THERE, lambda scene: [1], "post"),
]
TABLE = {"signing in": PUBLIC, "safety of one's own account": OWN_ACCOUNT}
