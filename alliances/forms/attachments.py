"""Choosing several files, each checked by its name and by what it holds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.correspondence.filenames import clean_name
from alliances.correspondence.files import KINDS, MAX_BYTES, accept
from alliances.correspondence.problems import Problem, RefusedFileError
from alliances.services.conversations import Piece

MAX_FILES = 5

SENTENCES = {
    Problem.EMPTY: _("« %(name)s » est vide."),
    Problem.TOO_BIG: _(
        "« %(name)s » dépasse 10 Mo. Réduisez-le, ou envoyez un lien vers ce fichier."
    ),
    Problem.UNKNOWN_EXTENSION: _(
        "« %(name)s » n’est pas d’un type accepté. Vous pouvez joindre des fichiers PDF, "
        "Word (docx), Excel (xlsx), OpenDocument (odt, ods), images (png, jpg, webp) et "
        "textes (txt, csv)."
    ),
    Problem.NOT_WHAT_IT_SAYS: _(
        "« %(name)s » ne contient pas ce que son nom annonce. Ouvrez-le, puis "
        "enregistrez-le à nouveau dans un type accepté."
    ),
    Problem.DAMAGED: _(
        "« %(name)s » semble abîmé ou incomplet. Enregistrez-le à nouveau, puis "
        "joignez-le."
    ),
    Problem.HIDES_SOMETHING: _(
        "« %(name)s » contient autre chose que ce qu’il montre. Enregistrez-le à nouveau, "
        "par exemple en PDF."
    ),
    Problem.ACTIVE_CONTENT: _(
        "« %(name)s » contient des macros, des fichiers ou des liens qui agissent à "
        "l’ouverture. Enregistrez-le sans eux, par exemple en PDF."
    ),
    Problem.TOO_DENSE: _(
        "« %(name)s » est trop volumineux une fois décompressé. Enregistrez-le en PDF."
    ),
    Problem.TOO_LARGE_A_PICTURE: _(
        "« %(name)s » est une image trop grande. Réduisez-la à moins de 12 000 pixels de "
        "côté."
    ),
    Problem.VIRUS: _(
        "« %(name)s » ressemble à un virus : il n’a pas été enregistré. Analysez votre "
        "appareil."
    ),
}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Its value is the list of what may be kept; one refused file refuses them all."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        accepted = ",".join(f".{extension}" for extension in KINDS)
        kwargs.setdefault("widget", FilesInput(attrs={"accept": accepted}))
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Piece]:
        files = [one for one in data or [] if one]
        if len(files) > MAX_FILES:
            raise ValidationError(
                gettext("Joignez au plus %d fichiers par message.") % MAX_FILES,
                code="too_many",
            )
        errors: list[ValidationError] = []
        pieces = [self._piece(one, errors) for one in files]
        if errors:
            raise ValidationError(errors)
        return [piece for piece in pieces if piece is not None]

    @staticmethod
    def _piece(file: UploadedFile, errors: list[ValidationError]) -> Piece | None:
        name = file.name or ""
        try:
            # Its size first: what is too big is not read.
            too_big = (file.size or 0) > MAX_BYTES
            data = b"\0" * (MAX_BYTES + 1) if too_big else file.read()
            accepted = accept(name, data)
        except RefusedFileError as error:
            params = {"name": clean_name(name)}
            errors.append(
                ValidationError(SENTENCES[error.problem], error.problem, params)
            )
            return None
        return Piece(accepted.name, accepted.media_type, data)
