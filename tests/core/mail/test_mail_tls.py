"""Mails leave by TLS from the first byte (port 465), to a server that shows a certificate that is trusted."""

import datetime as dt
import smtplib
import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage, get_connection

from tests.core.killing.sink import Sink, free_port

pytestmark = pytest.mark.integration


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """One of 127.0.0.1 that vouches for itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*private))
    return path


@pytest.fixture
def server(certificate: Path, settings: Any) -> Iterator[Sink]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    sink = Sink(seed=1)
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), ssl_context=context)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    yield sink
    controller.stop()


def send() -> int:
    return EmailMessage("Subject", "Words", to=["a@b.example"], connection=get_connection()).send()


def test_it_is_spoken_from_the_first_byte(
    server: Sink, certificate: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_USE_SSL = True
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert send() == 1
    assert list(server.mailboxes) == ["a@b.example"]


def test_nothing_is_handed_to_a_server_that_nobody_vouches_for(server: Sink, settings: Any) -> None:
    settings.EMAIL_USE_SSL = True
    with pytest.raises(ssl.SSLCertVerificationError):
        send()
    assert not server.mailboxes


def test_without_the_setting_no_mail_leaves_on_that_port(server: Sink, settings: Any) -> None:
    settings.EMAIL_USE_SSL = settings.EMAIL_USE_TLS = False
    with pytest.raises((smtplib.SMTPException, OSError)):
        send()
    assert not server.mailboxes
