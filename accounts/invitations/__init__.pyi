from .forms import SetPasswordForm as SetPasswordForm
from .links import LinkKind as LinkKind, make_link_token as make_link_token
from .selectors import INVITATION as INVITATION, place_of_invitation as place_of_invitation
from .services.first_account import first_account_path as first_account_path, role_of_invited as role_of_invited
from .services.invitations import (
    find_or_invite as find_or_invite,
    invite as invite,
    invite_again as invite_again,
    owe_invitation as owe_invitation,
    set_password as set_password,
)
from .services.passphrases import note_passphrase_changed as note_passphrase_changed
