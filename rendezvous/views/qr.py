"""The code that a phone reads (``rendezvous.documents.qr``), for pages."""

from rendezvous.documents.qr import Code, qr_path

__all__ = ["Code", "qr_path"]
