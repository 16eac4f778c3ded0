"""The code that a phone reads (``rendezvous.documents.qr``), for pages."""

from rendezvous.documents.qr import ANY_MASK, Code, qr_path

__all__ = ["ANY_MASK", "Code", "qr_path"]
