"""Acts that bind a State ask for a recent sign-in, and what was typed is carried out after it."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core import policy
from core.policy import Rule, everybody
from dialogue.exchange.enums import ExchangeAction
from dialogue.threads.enums import ThreadAction
from lots.draws.enums import DrawAction
from observations.follow_up.enums import FollowUpAction
from observations.language_sets.enums import LanguageSetAction
from observations.texts.enums import TextAction
from observations.translations.enums import TranslationAction
from portal.mechanisms.enums import MechanismAction
from questionnaires.definitions.enums import ResponseAction
from questionnaires.editing.enums import EditingAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.sending.document import hash_of_draft
from questionnaires.sharing.enums import SharingAction
from reviews.access.enums import AccessAction
from reviews.bringing.enums import BringingAction
from reviews.capacities.policy import PERMISSIONS
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Participation
from reviews.minutes.enums import NotesAction
from reviews.nominations.enums import NominationAction
from tests.accounts.signing import Passkey, add_passkey, code_now, give_app, make_old, passkey_sign_in, sign_in, url
from tests.factories.accounts import PASSPHRASE
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
AGAIN = "/en/sign-in/again/"


def test_which_acts_bind() -> None:
    assert {action for action in policy.registered_actions() if policy.is_binding(action)} == {
        AccountAction.START_STAFF_SESSION,
        AccountAction.CHANGE_ADDRESS,
        AccountAction.CLOSE_ACCOUNT,
        AccountAction.REOPEN_ACCOUNT,
        AccountAction.RESET_SECOND_FACTOR,
        *(AccountAction.CHANGE_ROLE, AccountAction.ADD_MEMBER, AccountAction.ADD_ALONE),
        AccountAction.MAINTAIN_REFERENCE_DATA,
        *(AccountAction.PREPARE_PROVIDER, AccountAction.APPROVE_PROVIDER, AccountAction.END_PROVIDER),
        NominationAction.SUBMIT,
        NominationAction.APPROVE,
        NominationAction.ALONE,
        *(NominationAction.ASK_FOR_MISSION, NominationAction.SET_STATUS_CONSENT),
        ReviewAction.SET_ROOMS,
        ReviewAction.ASK_TO_END,
        ReviewAction.INVITE_CONTRIBUTOR,
        ReviewAction.CONFIRM_CONSULTATION,
        ReviewAction.ANSWER_TIME_CHANGE,
        ReviewAction.CONCLUDE_DIALOGUE,
        ReviewAction.PUBLISH_PLAN,
        ReviewAction.MOVE_TO_PLAN,
        ReviewAction.MAKE_FEED,
        AccountAction.MAKE_TOKEN,
        MechanismAction.CONFIRM,
        AccessAction.APPROVE,
        AccessAction.ALONE,
        AccessAction.CONFIRM,
        AccessAction.REFUSE,
        BringingAction.CONFIRM,
        BringingAction.SAY,
        *(ResponseAction.CLEAR, ResponseAction.RECALL),
        EditingAction.PUBLISH,
        *(ExchangeAction.CLEAR_FEEDBACK, ExchangeAction.TAKE_BACK_CLEARANCE, ExchangeAction.RECALL_FEEDBACK),
        *(ExchangeAction.SEND_REPLY, ExchangeAction.RECALL_REPLY),
        *(ExchangeAction.SEND_CLARIFICATION, ExchangeAction.SEND_ANSWER),
        ExchangeAction.SEND_SUPPLEMENT,
        *(ThreadAction.RELEASE, ThreadAction.RECALL, ThreadAction.CHOOSE),
        *(NotesAction.CHANGE, NotesAction.LAY, NotesAction.ANSWER),
        *(TranslationAction.ORDER, TranslationAction.CONFIRM),
        *(LanguageSetAction.PROPOSE, LanguageSetAction.AGREE),
        *(TextAction.TABLE_OBSERVATION, TextAction.TABLE_SEVERAL),
        TextAction.PROPOSE,
        *(TextAction.CLEAR, TextAction.OBJECT, TextAction.TAKE_BACK, TextAction.END_OBJECTION),
        *(TextAction.PUBLISH, TextAction.PUBLISH_TRANSLATIONS, TextAction.WITHDRAW_PUBLICATION),
        *(FollowUpAction.SHARE, FollowUpAction.TAKE_BACK),
        *(SharingAction.SHARE, SharingAction.TAKE_BACK),
        *(DrawAction.ANNOUNCE, DrawAction.RUN, DrawAction.PUBLISH),
        *(DrawAction.REQUEST_VOID, DrawAction.CONFIRM_VOID),
    }


def clear_url(cast: Cast) -> str:
    return reverse("questionnaires:response-clear", args=["untoc", cast.review.code])


def invite_url(cast: Cast) -> str:
    return reverse("reviews:contributor-invite", args=["untoc", cast.review.code])


def prove(client: Client, address: str, passphrase: str = PASSPHRASE) -> str:
    """Prove who one is at the page that one was led to; give where it leads."""
    next_url = client.get(address).context["next"]
    answer = client.post(address, {"password": passphrase, "next": next_url})
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def test_a_page_of_a_binding_act_asks_first_and_leads_back(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.focal_point))
    asked = client.get(clear_url(cast))
    assert asked["Location"] == f"{AGAIN}?next={clear_url(cast).replace('/', '%2F')}"
    page = client.get(asked["Location"])
    assert "Is it you?" in page.content.decode()
    assert prove(client, asked["Location"]) == clear_url(cast)
    assert client.get(clear_url(cast)).status_code == 200


def test_a_recent_sign_in_is_not_asked_again(cast: Cast, login_as: LogIn) -> None:
    client = login_as(cast.focal_point)
    assert client.get(clear_url(cast)).status_code == 200
    make_old(client, minutes=29)
    assert client.get(clear_url(cast)).status_code == 200


def test_who_may_not_is_refused_and_not_asked(cast: Cast, login_as: LogIn) -> None:
    assert make_old(login_as(cast.expert)).get(clear_url(cast)).status_code == 403
    assert make_old(login_as(cast.stranger)).get(clear_url(cast)).status_code == 404


def test_pages_that_bind_nobody_do_not_ask(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.focal_point))
    for name in ("questionnaires:response-detail", "reviews:participant-list", "questionnaires:response-submit"):
        assert client.get(reverse(name, args=["untoc", cast.review.code])).status_code == 200, name


def test_what_was_posted_is_carried_out_after_it_once(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.focal_point))
    assert cast.response is not None
    asked = client.post(clear_url(cast), {"sha256": hash_of_draft(cast.response), "number": "1"})
    cast.response.refresh_from_db()
    assert cast.response.status == ResponseStatus.OPEN
    back = prove(client, asked["Location"])
    done = client.get(back)
    assert done.status_code == 302
    cast.response.refresh_from_db()
    assert cast.response.status == ResponseStatus.SENT
    assert client.get(back).status_code == 403, "the second time it is the page of an act that is done"


def test_nothing_typed_is_lost_where_the_form_has_an_error(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.focal_point))
    given = {"full_name": "Nadia Ferrante", "email": "not an address", "job_title": "قاضية"}
    asked = client.post(f"{invite_url(cast)}?state=XVE", given)
    assert client.get(clear_url(cast)).status_code == 302, "who looks at another page meanwhile loses nothing"
    back = prove(client, asked["Location"])
    assert back.startswith(f"{invite_url(cast)}?state=XVE&kept=")
    page = client.get(back)
    assert page.status_code == 422
    form = page.context["form"]
    assert (form["full_name"].value(), form["job_title"].value()) == ("Nadia Ferrante", "قاضية")
    assert "email" in form.errors


def test_a_kept_act_is_not_carried_out_without_the_proof_or_by_a_link(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.officer))
    row = cast.participations["expert"]
    ending = reverse("reviews:participant-end", args=["untoc", cast.review.code, row.pk])
    asked = client.post(ending)
    back = client.get(asked["Location"]).context["next"]
    assert client.get(back)["Location"].startswith(AGAIN), "the token alone opens nothing"
    back = prove(client, client.post(ending)["Location"])
    forged = back.replace("kept=", "kept=x")
    for address in (ending, forged, f"{ending}?kept="):
        assert client.get(address).status_code == 200
    assert Participation.objects.get(pk=row.pk).ended_at is None


def test_files_are_not_kept_and_one_is_told_so(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.focal_point))
    given = {"full_name": "Nadia Ferrante", "email": "", "scan": SimpleUploadedFile("note.pdf", b"%PDF-1.7")}
    back = prove(client, client.post(invite_url(cast), given)["Location"])
    page = client.get(back)
    assert page.status_code == 422
    assert page.context["form"]["full_name"].value() == "Nadia Ferrante"
    assert page.context["form"].files == {}


def test_a_wrong_passphrase_proves_nothing_and_is_counted(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.focal_point))
    statuses = [client.post(AGAIN, {"password": "wrong", "next": "/en/"}).status_code for _attempt in range(8)]
    assert statuses == [*[422] * 7, 429]
    assert client.get(clear_url(cast)).status_code == 302


def test_who_has_an_app_is_asked_for_its_code(cast: Cast, login_as: LogIn) -> None:
    """However recent the passphrase is: it alone can be stolen."""
    secret = give_app(cast.focal_point)
    client = login_as(cast.focal_point)
    asked = client.get(client.get(clear_url(cast))["Location"])
    assert asked["Location"].partition("?")[0] == url("mfa_reauthenticate")
    page = client.get(asked["Location"])
    assert (page.context["next"], page.context["reauthentication_alternatives"]) == (clear_url(cast), [])
    given = {"code": code_now(secret), "next": clear_url(cast)}
    assert client.post(url("mfa_reauthenticate"), given)["Location"] == clear_url(cast)
    assert client.get(clear_url(cast)).status_code == 200


def test_what_was_posted_is_carried_out_after_the_code(cast: Cast, login_as: LogIn) -> None:
    secret = give_app(cast.focal_point)
    client = login_as(cast.focal_point)
    assert cast.response is not None
    asked = client.get(
        client.post(clear_url(cast), {"sha256": hash_of_draft(cast.response), "number": "1"})["Location"]
    )
    next_url = client.get(asked["Location"]).context["next"]
    back = client.post(url("mfa_reauthenticate"), {"code": code_now(secret), "next": next_url})["Location"]
    assert client.get(back).status_code == 302
    cast.response.refresh_from_db()
    assert cast.response.status == ResponseStatus.SENT


def test_the_passphrase_proves_nothing_where_there_is_a_second_factor(cast: Cast, login_as: LogIn) -> None:
    client = login_as(cast.focal_point)
    assert prove(client, f"{AGAIN}?next={clear_url(cast)}") == clear_url(cast)
    give_app(cast.focal_point)  # in another browser, a moment ago
    assert client.get(clear_url(cast)).status_code == 302
    refused = client.post(AGAIN, {"password": PASSPHRASE, "next": clear_url(cast)})
    assert refused["Location"].partition("?")[0] == url("mfa_reauthenticate")
    assert client.get(clear_url(cast)).status_code == 302


def test_a_sign_in_with_a_code_is_recent_enough_and_grows_old(cast: Cast, client: Client) -> None:
    secret = give_app(cast.focal_point)
    sign_in(client, cast.focal_point)
    client.post(url("mfa_authenticate"), {"code": code_now(secret)})
    assert client.get(clear_url(cast)).status_code == 200
    assert make_old(client).get(clear_url(cast)).status_code == 302


def test_a_sign_in_with_a_passkey_is_recent_enough(cast: Cast, login_as: LogIn) -> None:
    passkey, other = Passkey(), Client()
    client = login_as(cast.focal_point)
    add_passkey(client, passkey)
    assert client.get(clear_url(cast)).status_code == 200, "it was shown to set it up"
    passkey_sign_in(other, passkey)
    assert other.get(clear_url(cast)).status_code == 200
    asked = make_old(other).get(other.get(clear_url(cast))["Location"])
    assert asked["Location"].partition("?")[0] == url("mfa_reauthenticate_webauthn")


def test_the_way_back_leads_to_no_other_site(cast: Cast, login_as: LogIn) -> None:
    client = make_old(login_as(cast.focal_point))
    answer = client.post(url("account_reauthenticate"), {"password": PASSPHRASE, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/en/"


def test_the_api_refuses_a_binding_act_after_a_while(
    cast: Cast, login_as: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PERMISSIONS.rules, ReviewAction.LIST, Rule[object](sees=everybody, binds=True))
    client = login_as(cast.officer)
    address = reverse("api:review-list", args=["untoc"])
    assert client.get(address).status_code == 200
    answer = make_old(client).get(address)
    assert answer.status_code == 403
    assert answer.json()["title"] == "This act binds a State and needs a recent sign-in."
