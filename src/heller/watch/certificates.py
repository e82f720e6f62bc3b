"""Whose certificate it is: the host's, or that of somebody who answers in its place."""

from __future__ import annotations

import ssl
from functools import cache
from ipaddress import ip_address

OTHER_NAME = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH (OpenSSL)
NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE")


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates the system trusts; reading them takes longer than a turn of the loop may."""
    return ssl.create_default_context()


@cache
def anybody() -> ssl.SSLContext:
    """Takes every certificate: only to see in whose name it is."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made


def named(certificate: bytes, host: str) -> bool:
    """Whether a certificate (DER) holds the host's name, the wildcard above it, or its address: they stand in it as
    they are (RFC 5280, 4.2.1.6)."""
    try:
        return ip_address(host).packed in certificate
    except ValueError:
        names = {host.lower(), "*." + host.lower().partition(".")[2]}
        return any(name.encode() in certificate.lower() for name in names)
