"""What the tables of alliances hold of persons (``accounts.personal_data``)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Kept, Link, OnErasure, Purged, register
from accounts.personal_data.activities import (
    BELONGING,
    EXCHANGE,
    ORGANISATION,
    SAFETY,
)
from accounts.personal_data.history import kept_as_trail

DETACH, KEEP = OnErasure.DETACH, OnErasure.KEEP
SIX_MONTHS = timedelta(days=183)
ONE_YEAR = timedelta(days=365)
WITH_THE_ORGANISATION = Kept(_("tant que l’organisation est décrite"))
WITH_THE_EXCHANGE = Kept(_("tant que les deux organisations sont décrites"))

# Descriptions.
register(
    "alliances.Organisation",
    ORGANISATION,
    WITH_THE_ORGANISATION,
    plain=(
        "id public_id source key search_key kind sub_kind economic_model siren siret"
        " rna seat staff size general_interest maturity sectors network_head"
        " hidden_parts solicitation_budget exclusions_answered_at is_fictitious"
        " created_at updated_at archived_at merged_into search_vector"
    ),
    words="name summary website values",
)
register(
    "alliances.Establishment",
    ORGANISATION,
    WITH_THE_ORGANISATION,
    plain="id organisation commune siret",
    words="name",
)
register(
    "alliances.Intention",
    ORGANISATION,
    WITH_THE_ORGANISATION,
    plain=(
        "id public_id organisation is_default state paused_until types phase"
        " square_hr square_stk square_eco square_inn created_at updated_at"
    ),
    words="title",
)
register("alliances.Intention_perimeter", plain="id intention territory")
register("alliances.IntentionDomain", plain="id intention domain weight")
for _table in ("alliances.Need", "alliances.Offer"):
    register(
        _table,
        ORGANISATION,
        WITH_THE_ORGANISATION,
        plain="id intention means quantity territory",
        words="note unit",
    )
register(
    "alliances.Exclusion",
    ORGANISATION,
    WITH_THE_ORGANISATION,
    plain="id organisation sector kind other",
    words="reason",
)

# Who belongs to what.
register(
    "alliances.Membership",
    BELONGING,
    Kept(_("tant que la personne est membre")),
    plain="id",
    personal="user organisation role is_lead created_at",
    links=(Link("user", ("organisation", "role", "is_lead", "created_at")),),
)
register(
    "alliances.Mandate",
    BELONGING,
    Purged(ONE_YEAR, "ends_on", _("un an après la fin du mandat")),
    plain="id",
    personal="user territory role starts_on ends_on",
    links=(Link("user", ("territory", "role", "starts_on", "ends_on")),),
)
register(
    "alliances.Claim",
    BELONGING,
    Purged(ONE_YEAR, "decided_at", _("un an après la décision")),
    plain="id public_id",
    personal=(
        "user organisation state created_at answer_by decided_at decided_by position"
    ),
    words="proof answer",
    links=(
        Link(
            "user",
            (
                "organisation",
                "position",
                "proof",
                "state",
                "created_at",
                "answer_by",
                "decided_at",
                "answer",
            ),
        ),
        Link("decided_by", ("organisation", "decided_at", "answer"), DETACH),
    ),
)
register(
    "alliances.Invitation",
    BELONGING,
    Purged(SIX_MONTHS, "expires_at", _("six mois après la fin de l’invitation")),
    plain="id public_id sent_count",
    personal=(
        "email invited_by accepted_by organisation role state created_at sent_at"
        " expires_at answered_at"
    ),
    secret="token_digest",  # noqa: S106 - the name of a column
    links=(
        Link(
            "email",
            (
                "email",
                "organisation",
                "role",
                "state",
                "created_at",
                "sent_at",
                "expires_at",
            ),
            by_address=True,
        ),
        Link(
            "accepted_by",
            ("email", "organisation", "role", "state", "created_at", "answered_at"),
        ),
        Link("invited_by", ("organisation", "role", "state", "created_at"), DETACH),
    ),
)
register(
    "alliances.Merge",
    BELONGING,
    Kept(_("tant que l’organisation est décrite")),
    plain="id kept absorbed",
    personal="by at",
    trace="moved",
    links=(Link("by", ("kept", "absorbed", "at"), DETACH),),
)

# From one side's yes to a conversation.
register(
    "alliances.Interest",
    EXCHANGE,
    Purged(ONE_YEAR, "expires_at", _("un an après la fin de validité de la réponse")),
    plain="id organisation other type answer reason_code expires_at closed_at",
    personal="by answered_at",
    words="reason",
    links=(
        Link(
            "by",
            (
                "organisation",
                "other",
                "type",
                "answer",
                "reason_code",
                "reason",
                "answered_at",
                "expires_at",
                "closed_at",
            ),
            DETACH,
        ),
    ),
)
# Of who suggested: what they wrote, never what became of it.
register(
    "alliances.Suggestion",
    EXCHANGE,
    Purged(ONE_YEAR, "expires_at", _("un an après la fin de la suggestion")),
    plain=(
        "id public_id low high territory expires_at closed_at delivered_at opened_at"
    ),
    personal="by is_signed created_at",
    words="reason",
    links=(
        Link(
            "by",
            ("low", "high", "territory", "reason", "is_signed", "created_at"),
            DETACH,
        ),
    ),
)
# Members share what happened to their organisation; whom it happened with, never.
_FACTS = ("low", "high", "type", "state", "opened_at", "closed_at", "closing_words")
register(
    "alliances.Introduction",
    EXCHANGE,
    WITH_THE_EXCHANGE,
    plain=(
        "id public_id low high type state opened_at first_answer_at closed_at"
        " closed_by closing_reason closing_sentence closing_is_shared"
    ),
    words="closing_words",
    links=(
        Link("low__memberships__user", _FACTS, KEEP),
        Link("high__memberships__user", _FACTS, KEEP),
    ),
)
register("alliances.Conversation", plain="id introduction created_at")
register(
    "alliances.Message",
    EXCHANGE,
    WITH_THE_EXCHANGE,
    plain="id public_id key",
    personal="author conversation organisation sent_at withdrawn_at",
    words="body",
    links=(
        Link(
            "author",
            ("public_id", "organisation", "body", "sent_at", "withdrawn_at"),
            KEEP,
        ),
        # Of what others wrote, that they wrote.
        Link(
            "conversation__introduction__low__memberships__user",
            ("organisation", "sent_at"),
            KEEP,
        ),
        Link(
            "conversation__introduction__high__memberships__user",
            ("organisation", "sent_at"),
            KEEP,
        ),
    ),
)
register(
    "alliances.Attachment",
    EXCHANGE,
    WITH_THE_EXCHANGE,
    plain="id public_id media_type size_bytes sha256 scan",
    personal="message file",
    words="name",
    links=(
        Link(
            "message__author",
            ("public_id", "name", "media_type", "size_bytes", "sha256", "file"),
            KEEP,
        ),
    ),
)
register(
    "alliances.Reading",
    EXCHANGE,
    WITH_THE_EXCHANGE,
    plain="id conversation",
    personal="user read_at",
    links=(Link("user", ("read_at",)),),
)
register(
    "alliances.Block",
    EXCHANGE,
    WITH_THE_EXCHANGE,
    plain="id organisation other created_at",
    personal="by",
    words="reason",
    links=(Link("by", ("organisation", "other", "reason", "created_at"), DETACH),),
)
register(
    "alliances.Report",
    SAFETY,
    Purged(ONE_YEAR, "handled_at", _("un an après le traitement")),
    plain="id public_id message",
    personal="by handled_by organisation reason_code state created_at handled_at",
    words="words decision",
    links=(
        Link("by", ("organisation", "reason_code", "words", "created_at"), DETACH),
        Link("handled_by", ("decision", "handled_at", "state"), DETACH),
    ),
)
register(
    "alliances.PrivilegedRead",
    SAFETY,
    kept_as_trail("at"),
    plain="id elevation",
    personal="user organisation at",
    trace="what",
    links=(Link("user", ("organisation", "what", "at"), KEEP),),
)
