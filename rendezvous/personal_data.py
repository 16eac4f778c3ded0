"""What the tables of sessions hold of persons (``accounts.personal_data``)."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Kept, Link, OnErasure, register
from accounts.personal_data.activities import ORGANISATION
from accounts.personal_data.registry import Activity, Basis, declare_activity

DETACH = OnErasure.DETACH
WITH_THE_SESSION = Kept(_("tant que la session est conservée"))
WITH_THE_PLACE = Kept(_("un an après la session ; l’inscription reste, sans les noms"))
WHILE_IT_COUNTS = Kept(
    _(
        "90 jours après la session sans réponse de l’autre ; sinon avec la session, "
        "sans les mots ni les personnes après deux ans"
    )
)
TWO_YEARS = Kept(_("avec la session, sans les mots deux ans après elle"))

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
FOLLOWING = declare_activity(
    Activity(
        code="following",
        title=_("Suites des rencontres"),
        purpose=_("Que deux organisations qui veulent continuer le fassent"),
        basis=Basis.CONTRACT,
        people=_("Personnes venues à une session, catalyseurs"),
        seen_by=_(
            "Les membres de leur organisation ; ceux de l’autre pour la fiche "
            "d’engagement et, quand les deux ont répondu, la piste ; le catalyseur "
            "de la session pour l’étape, sans les mots"
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
register(
    "rendezvous.SessionInvitation",
    SESSIONS,
    WITH_THE_SESSION,
    plain="id public_id session organisation delivered_at declined_at",
    personal="by created_at",
    links=(Link("by", ("session", "organisation", "created_at"), DETACH),),
)
WITH_THE_PROCESS = Kept(_("tant que la démarche est conservée"))
register(
    "rendezvous.Process",
    ORGANISATION,
    WITH_THE_PROCESS,
    plain=(
        "id public_id territory kept_per_group kept_transverse state stage updated_at"
    ),
    personal="by created_at",
    words="title place description source next_need",
    links=(
        Link(
            "by",
            ("title", "place", "description", "source", "next_need", "created_at"),
            DETACH,
        ),
    ),
)
register(
    "rendezvous.ProcessStage",
    plain=(
        "id process stage begins_on ends_on is_monthly attended ready ready_is_about"
        " note"
    ),
)
register("rendezvous.PlenaryShare", plain="id stage kind label count share_pct")
register(
    "rendezvous.ProcessGroup",
    plain="id public_id process theme domain size_min size_max composition",
)
register("rendezvous.GroupMember", plain="id group organisation")
register(
    "rendezvous.GroupMeeting",
    plain="id group step is_held held_on attended summary",
)
register(
    "rendezvous.ProcessAction",
    plain=(
        "id public_id process group title description state progress carrier"
        " carrier_agreed_at carrier_is_unknown"
    ),
)
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
# What follows a meeting: each copy holds what the person wrote, never the other side's.
register(
    "rendezvous.Feedback",
    FOLLOWING,
    WHILE_IT_COUNTS,
    plain="id registration other outcome",
    personal="by answer at",
    words="track",
    links=(Link("by", ("other", "answer", "track", "at"), DETACH),),
)
register(
    "rendezvous.FollowUp",
    FOLLOWING,
    TWO_YEARS,
    plain=(
        "id public_id session low high mutual_at introduction stage asked_at"
        " answered_at agreed_at is_disputed ended_at nudged_at"
    ),
    personal="note_by",
    words="note",
    links=(Link("note_by", ("session", "note"), DETACH),),
)
register(
    "rendezvous.Commitment",
    FOLLOWING,
    TWO_YEARS,
    plain="id followup version caller due_on from_card at",
    words="what",
    # Who signed wrote it, or agreed with it.
    links=(Link("signatures__by", ("what", "due_on"), OnErasure.KEEP),),
)
register(
    "rendezvous.Signature",
    FOLLOWING,
    WITH_THE_SESSION,
    plain="id commitment registration",
    personal="by at",
    links=(Link("by", ("commitment", "registration", "at"), DETACH),),
)
register(
    "rendezvous.Checkpoint",
    FOLLOWING,
    WITH_THE_SESSION,
    plain="id followup registration days due_on asked_at",
    personal="by stage why answered_at",
    links=(Link("by", ("registration", "stage", "why", "answered_at"), DETACH),),
)
