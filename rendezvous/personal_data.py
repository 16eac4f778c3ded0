"""What the tables of sessions hold of persons (``accounts.personal_data``)."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Kept, Link, OnErasure, register
from accounts.personal_data.activities import ORGANISATION
from accounts.personal_data.registry import Activity, Basis, declare_activity

DETACH = OnErasure.DETACH
WITH_THE_SESSION = Kept(_("tant que la session est conservée"))
WITH_THE_PLACE = Kept(_("un an après la session ; l’inscription reste, sans les noms"))

SESSIONS = declare_activity(
    Activity(
        code="sessions",
        title=_("Sessions de rencontres"),
        purpose=_("Savoir qui vient à une session, et composer le programme de chacun"),
        basis=Basis.CONTRACT,
        people=_("Personnes qui viennent à une session, catalyseurs"),
        seen_by=_(
            "Les membres de leur organisation, le catalyseur qui prépare la session"
        ),
    )
)
register(
    "rendezvous.Session",
    ORGANISATION,
    WITH_THE_SESSION,
    plain=(
        "id public_id territory event_type zone begins_at ends_at languages"
        " rules_version tables rounds round_minutes break_minutes meetings_min"
        " meetings_max state updated_at"
    ),
    personal="by created_at",
    words="title description place rules_text",
    links=(
        Link(
            "by",
            ("title", "description", "place", "rules_text", "created_at"),
            DETACH,
        ),
    ),
)
register(
    "rendezvous.SessionClock",
    SESSIONS,
    WITH_THE_SESSION,
    plain="id session revision begins ends started_at stopped_at is_ended",
    personal="by changed_at",
    links=(Link("by", ("session", "changed_at"), DETACH),),
)
register("rendezvous.Capacity", plain="id session kind places")
register("rendezvous.KindPair", plain="id session low high")
register(
    "rendezvous.Registration",
    SESSIONS,
    WITH_THE_SESSION,
    plain=(
        "id public_id session organisation kind intention state needs offers"
        " accepted_rules"
    ),
    personal="by queued_at",
    links=(
        Link(
            "by",
            ("session", "organisation", "state", "needs", "offers", "queued_at"),
            DETACH,
        ),
    ),
)
register(
    "rendezvous.Attendee",
    SESSIONS,
    WITH_THE_PLACE,
    plain="id position shares_with table meetings_min meetings_max",
    personal="user registration from_round until_round",
    words="name",
    links=(
        Link("user", ("registration", "name", "from_round", "until_round"), DETACH),
    ),
)
# What was wished, for who wrote it: never what others wished of them.
register(
    "rendezvous.Wish",
    SESSIONS,
    WITH_THE_SESSION,
    plain="id registration other",
    personal="by answer at",
    links=(Link("by", ("other", "answer", "at"), DETACH),),
)
register(
    "rendezvous.Schedule",
    SESSIONS,
    WITH_THE_SESSION,
    plain=(
        "id public_id session version parent state origin outcome value bound seed"
        " idle_count short_count worst worst_pct reasons reserve changes seconds"
        " published_at"
    ),
    personal="by created_at",
    links=(Link("by", ("session", "version", "created_at"), DETACH),),
)
register(
    "rendezvous.Arrangement",
    plain="id session table_size buffer spreads_breaks waits_less",
)
register("rendezvous.Quota", plain="id session kind other minimum maximum")
register("rendezvous.Lock", plain="id schedule round table attendee")
register(
    "rendezvous.Computation",
    SESSIONS,
    WITH_THE_SESSION,
    plain="id session parent seconds_max is_stopped value bound best",
    personal="by created_at",
    links=(Link("by", ("session", "created_at"), DETACH),),
)
register("rendezvous.Meeting", plain="id schedule round table")
register("rendezvous.Seat", plain="id meeting attendee schedule round")
register("rendezvous.Encounter", plain="id low high session at")
_DAY = ("state", "arrived_at", "arrived_in", "late_from", "left_from", "at")
register(
    "rendezvous.Attendance",
    SESSIONS,
    WITH_THE_PLACE,
    plain="id attendee",
    personal="state arrived_at arrived_in late_from left_from by at",
    links=(
        Link("attendee__user", _DAY, OnErasure.KEEP),
        # Of who said it, for whoever it was: the rows do not name anybody else.
        Link("by", _DAY, DETACH),
    ),
)
register(
    "rendezvous.LostTable",
    SESSIONS,
    WITH_THE_SESSION,
    plain="id session table from_round",
    personal="by at",
    links=(Link("by", ("session", "table", "from_round", "at"), DETACH),),
)
register("rendezvous.Replanning", plain="id schedule next_round picture surviving kept")
register("rendezvous.LeftOver", plain="id schedule attendee round way other table")
register(
    "rendezvous.Printout",
    SESSIONS,
    Kept(_("un jour")),
    plain="id public_id session schedule kind content",
    personal="by made_at",
    links=(Link("by", ("session", "kind", "made_at"), DETACH),),
)
