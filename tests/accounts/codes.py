"""What an application of codes shows."""

from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time


def code_of(secret):
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"
