"""Values that no field should ever be sent, about 120 kinds, and bodies that are no bodies."""

from typing import Final

MARK: Final = "<zz9"  # stands in a page only where something was not escaped
LONG: Final = 100_000
_DEEP: Final = 20_000

_NUMBERS: Final = (
    *("-0", "-1", "+1", "00", "007", "0x10", "0b1", "0o7", "1_0", "1 0", " 7 ", "7\n", "\t7"),
    *("1.0", "7.5", ".5", "5.", "1e1", "1E400", "-1e-400", "NaN", "nan", "Infinity", "-inf"),
    *("11", "101", "127", "128", "255", "256", "32767", "32768", "65536", "2147483647"),
    *("2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808"),
    *("-9223372036854775809", "18446744073709551616", "9" * 30, "9" * 400, "9" * 5_000),
    *("\u0667", "\u0967", "\uff17", "\u00b2", "\u2467", "\u2155", "\U0001d7d5", "VII", "seven"),
    *("1,0", "1'000", "7%", "$7", "1/2", "True", "false", "null", "None", "undefined", "yes"),
)
_DAYS: Final = (
    *("2026-W01-1", "2026-W47", "2026-325", "20261121", "2026-11-21T00:00", "2026-11-21Z"),
    *("0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-29"),
    *("2026-02-30", "2026-13-01", "2026-00-10", "2026-11-31", "26-11-21", "21.11.2026"),
    *("1969-12-31", "1970-01-01", "2100-01-01", "2999-12-31", "+2026-11-21", "-2026-11-21"),
    *(
        "2026-11-2\u0661",
        "2026\u201311\u201321",
        "2026-11-21\n",
        "24:00",
        "23:60",
        "4:00",
        "04:00:61",
    ),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T22:00:00+25:00"),
    *("2026-11-21T22:00:60Z", "2026-11-21T22:00:00+00:00:01", "1970-01-01T00:00Z"),
    *("2199-12-31T23:59:59.999999+00:00",),
)
_TEXTS: Final = (
    *("", " ", "\u00a0", "\u200b", "\ufeff", "\u3000", "\x00", "a\x00b", "\x00" * 9, "\x01"),
    *("\x07", "\x08", "\x1b[31m", "\x7f", "\x85", "\x9f", "\r", "\r\n", "a\rb\nc", "\u2028"),
    *("\u2029", "\ufffe", "\uffff", "\U0010ffff", "\ue000", "\ud800", "\udfff", "a\udc80b"),
    *("\udc00\ud800", "\U0001f62b", "\U0001f469\u200d\U0001f52c", "\U0001f1fa" * 50),
    *("e\u0301", "\u0301", "a" + "\u0301" * 500, "\u1e9e\u0130\u0131\ufb03", "\u212b", "\ufdfa"),
    *("\u202etxet", "\u2066abc\u2069", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628"),
    *("\u7761\u7720", "x" * 41, "x" * 65, "x" * 201, "x" * 1_001, "x" * 5_001, "x" * 20_001),
    *("x" * LONG, "\U0001f62b" * 3_000, "\n" * 3_000, "a b " * 5_000, "x" * 140_000),
    *(f"{MARK} onload=x>", f'">{MARK}>', f"</title>{MARK}>", f"'{MARK}'", f"</script>{MARK}>"),
    *("&lt;b&gt;", "&#0;", "{{ 7 * 7 }}", "{% raw %}", "${7*7}", "%(name)s", "%s%n", "{0}"),
    *("' OR 1=1 --", "'; DROP TABLE accounts; --", '" OR ""="', "\\", "\\'", "%", "_", "%_%"),
    *("../../etc/passwd", "/etc/passwd", "..\\..\\x", "C:\\x", "file:///x", "//evil.example"),
    *("https://evil.example/", "javascript:alert(1)", "/\\evil.example", "/ok?x=\r\nSet-Cookie:x"),
    *("=1+1", "+1", "@SUM(A1)", "declined", "n/a", "no_recall", "not_prescribed", "answered"),
    *("own_", "own_0000000000000000", "pain", "__class__", "constructor", "__proto__", "toString"),
    *("00000000-0000-0000-0000-000000000000", "9f1c2a34-0b5d-4c6e-8f70-11223344556", "[]", "{}"),
    *('{"a": 1}', "[" * 500, "auto", "en", "qps", "xx-YY", "Europe/Nowhere", "UTC", "GMT+25"),
)
# What isn't UTF-8 at all, or was cut short.
_BYTES: Final = (
    *(b"\xff", b"\xc3", b"a\x80b", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88"),
    *(b"\xfe\xff\x00a", b"\xe2\x82", b"\x1f\x8b\x08\x00"),
)
VALUES: Final[tuple[bytes, ...]] = (
    *(text.encode("utf-8", "surrogatepass") for text in (*_NUMBERS, *_DAYS, *_TEXTS)),
    *_BYTES,
)
NAMES: Final[tuple[bytes, ...]] = (
    *(b"", b"\0", b"\xff", b"pain.state", b"pain.state.state", b".state", b"Pain", b"pain ", b"x"),
    *(b"pain[]", b"__proto__", b"own_x", b"csrf_token", b"person", b"note", b"order", b"x" * 5_000),
    *("\u0667".encode(), "\ud800".encode("utf-8", "surrogatepass"), f"{MARK}>".encode()),
)
# As they stand in a JSON object, where a text of digits is expected.
LITERALS: Final[tuple[bytes, ...]] = (
    *(b"null", b"true", b"false", b"[]", b"{}", b'["7"]', b'{"a": 1}', b"7", b"-7", b"0", b"-0"),
    *(b"7.0", b"7.5", b"1e1", b"1E400", b"NaN", b"Infinity", b"-Infinity", b"2147483648"),
    *(b"9223372036854775808", b"9" * 5_000, b"007", b"+7", b"0x7", b"'7'", b"seven", b""),
    *(b'"\\u0000"', b'"\\ud800"', b'"\\ud83d\\ude2b"', b'"\\x"', b'"\n"', b'"\xff"', b'"7', b"[[7"),
    *(b"[" * _DEEP, b"[" * _DEEP + b"]" * _DEEP, b'{"a":' * _DEEP, b'"' + b"x" * LONG + b'"'),
)
BODIES: Final[tuple[bytes, ...]] = (
    *(b"", b"\0", b"\xff\xfe", b"null", b"7", b'"x"', b"[]", b"{}", b"{", b"}", b"[" * _DEEP),
    *(b"\xef\xbb\xbf{}", '{"pain": "7"}'.encode("utf-16"), b'{"pain": "7"} {}', b"//x\n{}"),
    *(
        b'{"pain": "7", "pain": "7"}',
        b'{"": "7"}',
        b'{"pain": "7",}',
        b"{'pain': '7'}",
        b"x" * LONG,
    ),
    *(
        b"&&&===&;",
        b"%",
        b"%zz=%f",
        b"%00=%00",
        b"=",
        b"a=1&a=2",
        b"pain=7;mood=7",
        b"+=+",
        b"&" * LONG,
    ),
    *(b"&".join(b"f%d=1" % number for number in range(600)), b"note=" + b"%F0%9F%98%AB" * 9_000),
    *(b"--b\r\n", b"--b--\r\n", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
    b'--b\r\nContent-Disposition: form-data; name="pain"\r\n\r\n7',
    b'--b\r\nContent-Disposition: form-data; name="pain"; filename="x"\r\n\r\n7\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: x; charset=no\r\n\r\n\xff',
    b'--b\r\nContent-Disposition: form-data; name="n"\r\nX: '
    + b"x" * 50_000
    + b"\r\n\r\nv\r\n--b--\r\n",
    b"".join(
        b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nv\r\n' % number
        for number in range(1_100)
    )
    + b"--b--\r\n",
)
TYPES: Final = (
    *("application/json", "application/json; charset=utf-16", "application/vnd.api+json"),
    *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7"),
    *("multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary="),
    *("multipart/mixed; boundary=b", "text/plain", "text/xml", "", "x", "a/b/c; ;;=", "\xff/\xff"),
)
FILES: Final[tuple[bytes, ...]] = (
    *(b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"date", b"date\n", b"pain\n1\n", b"date,date\n"),
    *(b"date,pain\n2026-11-20,7\n", b"date,pain\r2026-11-20,7\r", b"date;pain\n2026-11-20;7\n"),
    *(b"date,pain\n2026-11-20,7\n2026-11-20,8\n", b"date,pain\n2026-11-20\n", b"date,pain\n,\n"),
    *(b"date,pain\n2026-11-20,7,8,9\n", b'date,pain\n"2026-11-20,7\n', b'date,pain\n"a"b,7\n'),
    *(b"date,Pain\n2026-11-20,7\n", b"date,own:x:lower\n2026-11-20,7\n", b"date,own::\n1,2\n"),
    *(b"date,own:" + b"x" * 500 + b":lower\n2026-11-20,7\n", b"date," + b"pain," * 2_000 + b"\n"),
    *(b"date,pain\n" + b"2026-11-20,7\n" * 3_000, b"date,pain,note\n2026-11-20,7,\0\n"),
    *("date,pain\n2026-11-20,\u0667\n".encode(), "date,pain\n2026-11-20,7\n".encode("utf-16")),
    *(b"{}", b"[]", b"null", b"{", b'{"format": 1}', b'{"format": 99}', b'{"format": NaN}'),
    *(
        b'{"a":' * _DEEP,
        b"[" * _DEEP,
        b'{"format": 1, "format": 1}',
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
    ),
    b'{"format":1,"settings":null,"questionnaires":7,"items":{},"phases":[null],"revisions":[[]]}',
)
