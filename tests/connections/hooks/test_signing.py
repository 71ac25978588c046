"""Signatures: ours can be checked by anybody with the secret, theirs only match the body that was signed."""

import base64
import hashlib
import hmac

import pytest

from connections.hooks.signing import headers, is_secret, is_signed, new_secret

# The example of the Standard Webhooks specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'


def test_the_example_of_the_specification_comes_out() -> None:
    made = headers(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY)
    assert made == {
        "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "Webhook-Timestamp": "1614265330",
        "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_number_moment_and_body_are_all_signed() -> None:
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    by_hand = base64.b64encode(hmac.new(key, b"one.7." + BODY, hashlib.sha256).digest()).decode()
    assert headers(SECRET, "one", 7, BODY)["Webhook-Signature"] == f"v1,{by_hand}"


def test_every_new_secret_is_another_and_is_one() -> None:
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    assert all(map(is_secret, made))


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_!!!", "secret", "whsec_" + "QQ==", "whsec_" + "A" * 4000])
def test_what_is_no_secret_is_refused(text: str) -> None:
    assert not is_secret(text)


class TestIncoming:
    def signature(self, body: bytes = BODY, secret: str = "s3cret") -> str:
        return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()

    def test_the_right_signature_passes_in_any_case(self) -> None:
        assert is_signed("s3cret", BODY, self.signature())
        assert is_signed("s3cret", BODY, self.signature().upper())

    @pytest.mark.parametrize("header", ["", "sha256=", "sha1=abc", "x" * 10_000, "sha256=ü"])
    def test_nonsense_does_not(self, header: str) -> None:
        assert not is_signed("s3cret", BODY, header)

    def test_another_body_or_secret_does_not(self) -> None:
        assert not is_signed("s3cret", BODY + b" ", self.signature())
        assert not is_signed("other", BODY, self.signature())
