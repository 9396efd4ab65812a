"""The attack list: what a hostile hand puts into fields, addresses, parameters and headers."""

from dataclasses import dataclass

# A tag and an attribute that no page of ours has; a parser that finds one has found text that became markup.
TAG, HANDLER = "xss7", "onxss7"
PRODUCT = str(7777 * 7)  # what ``{{ 7777*7 }}`` would become
EVIL = "evil.example"


@dataclass(frozen=True)
class Attack:
    name: str
    value: str


# Into every field that takes text.
VALUES = [
    Attack("a tag", f"<{TAG} {HANDLER}=1>"),
    Attack("out of an attribute", f"\"><{TAG} {HANDLER}='1'>"),
    Attack("into an attribute", f"' {HANDLER}='1' \" {HANDLER}=\"1"),
    Attack("out of a script", f"</script></textarea></title></select><{TAG}>"),
    Attack("Markdown", f'[x](javascript:alert(1)) ![x](x"{HANDLER}="1) <{TAG}>'),
    Attack("a template", "{{ 7777*7 }}{% debug %}{{ settings.SECRET_KEY }}${7777*7}#{7777*7}<%= 7777*7 %>"),
    Attack("SQL", "' OR '1'='1'; DROP TABLE reviews_review; -- \\ %27 %% %s %(a)s"),
    Attack("a path", "../../../../etc/passwd"),
    Attack("a header", f"x\r\nSet-Cookie: {HANDLER}=1\r\n\r\n<{TAG}>"),
    Attack("a null byte", "a\x00b"),
    Attack("control characters", "\x01\x1b[31m\x7f\u0085\u2028"),
    Attack("bidi controls", "\u202e\u2066\u200f\ufeff"),
    Attack("a lone surrogate", "a\ud800b"),
    Attack("characters beyond the plane", "\U0010fffd\U000e0001😀" * 20),
    Attack("a huge number", "9" * 400),
    Attack("another number", "-1"),
    Attack("no number", "NaN"),
    Attack("a far date", "9999-12-31T23:59:59+99:99"),
    Attack("a long text", "A" * 100_000),
    Attack("a deep text", "[" * 3_000 + ">" * 3_000),
    Attack("another host", f"//{EVIL}/\\{EVIL}"),
    Attack("nothing", ""),
]
# Into fields that offer a choice or hold a key; the rest of the form stays right.
CHOICES = [
    Attack("a choice that was not offered", "no-such-choice"),
    Attack("another's key", "00000000-0000-4000-8000-000000000000"),
    Attack("a null byte", "\x00"),
    Attack("a huge number", "9" * 400),
    Attack("a tag", f'"><{TAG} {HANDLER}=1>'),
    Attack("a lone surrogate", "\udfff"),
]
# In place of a part of an address, as it stands on the line.
PARTS = [
    "%00", "%ED%A0%80", "%FF%FE", "..%2f..%2fetc%2fpasswd", "%2e%2e", f"%22%3E%3C{TAG}%20{HANDLER}=1%3E", "'", "%25s",
    "-1", "9" * 200, "00000000-0000-4000-8000-000000000000", "{{7777*7}}", "%0d%0aSet-Cookie:%20a=b", "I.untoc.999",
]  # fmt: skip
# Behind any address.
QUERIES = [
    f"next=https://{EVIL}/", f"next=//{EVIL}", f"next=%5c%5c{EVIL}", f"next=https:{EVIL}", "next=javascript:alert(1)",
    f"q=%22%3E%3C{TAG}%20{HANDLER}%3D1%3E", "q=%00", "q=%ED%A0%80", "q=" + "A" * 5_000, "q=%27%20OR%201=1--",
    "page=-1", "page=0", "page=" + "9" * 300, "page=NaN", "page=1&page=2&page=%00", "page_size=999999999",
    "phase=%00&step=%27&state=%22&status=x", "phase=" + "9" * 100, "year=99999&year=", "language=%00", "format=../x",
    "_method=DELETE", "%00=%00", "a[]=1&a[b]=2", "sort=-%27&order=);--",
]  # fmt: skip
HEADERS = [
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-For": "' OR 1=1, 999.1.1.1"},
    {"X-Original-URL": "/en/reference-data/", "X-Rewrite-URL": "/en/reference-data/"},
    {"Accept-Language": "../../../etc, %00;q=9e999"},
    {"Accept": "application/x-python;q=NaN"},
    {"Referer": f"https://{EVIL}/"},
    {"Cookie": "sessionid=\"';--; csrftoken=%00; django_language=../../ar"},
    {"HX-Request": "true", "HX-Current-URL": f"https://{EVIL}/%ff", "HX-Target": f"<{TAG}>"},
    {"Range": "bytes=0-0,-1,9999999999-"},
    {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT"},
    {"Host": EVIL},
]
_PART = b"--x\r\nContent-Disposition: form-data; name="
# Bodies that are not what a form sends: content type and bytes.
BODIES = [
    ("application/json", b'{"__proto__": {"a": 1}, "text": {"$gt": ""}}'),
    ("application/json", b"[" * 5_000),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", _PART + b'"file"; filename="a\x00.pdf"\r\n\r\n'),
    ("multipart/form-data; boundary=x", _PART + b'"text"\r\n\r\n\xff\xfe\r\n--x--\r\n'),
    ("application/x-www-form-urlencoded; charset=utf-7", b"text=+ADw-script+AD4-"),
    ("application/x-www-form-urlencoded; charset=no-such", b"text=a"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(5_001))),
    ("application/octet-stream", b"\x00" * 1000),
    ("", b""),
]  # fmt: skip
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "PROPFIND", "POST")
