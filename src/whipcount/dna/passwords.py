"""Coders' passwords as DNA stores them: Jasypt's StrongPasswordEncryptor.

SHA-256 of a salt of 16 bytes and the password, hashed 100,000 times in all; salt and hash, in
Base64, are what is stored.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata

ROUNDS = 100_000
SALT = 16


def encrypted(password: str, salt: bytes) -> str:
    """Return what is stored of a password; `salt` are 16 bytes."""
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes, not {len(salt)}")
    words = unicodedata.normalize("NFC", password).encode("utf-8")
    digest = hashlib.sha256(salt + words).digest()
    for _ in range(ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode("ascii")
