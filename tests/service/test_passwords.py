"""How passwords are kept, with the hashes that the service makes."""

from __future__ import annotations

from app.accounts import passwords

PASSWORD = "correct horse battery staple"


def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password() -> None:
    """Whoever measures could find out who has an account, once the parameters of hashes have changed."""
    nobody = vars(passwords)["_NOBODY"]
    assert passwords.hashed_anew(PASSWORD, nobody) is None
    assert not passwords.is_right(PASSWORD, None)
