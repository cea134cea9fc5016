# SPDX-License-Identifier: Apache-2.0
"""Who may do what with the records of people, said a second time and in other words than content/policy.toml, which is not read here.

Each record has a line for each role that may do anything at all with it, in short codes:
  R   list and read, where the role reaches          W    R, and create and amend there
  A   list and read what one is assigned to          AW   A, and create and amend it
  O   list, read and take home what is one's own     OW   O, and create, amend, share, remove it and put it back
  G   list and read under a live grant of the owner  B    break the glass in an emergency
  M   that it is there, where the role reaches       MA   the same of what one is assigned to    M*  the same everywhere
  R*  list and read everywhere                       T    list and read what belongs to one's own team
  C   put one in, whoever one is                     CA   put one in where one is assigned       CO  put in one's own
Anything else is spelled out: "amend:own", "erase,restore:reach". Behind "@" stands what the record must be at present, behind "^" what
must have been agreed: "protocol", one is in force, or "two_people"."""
import dataclasses

ROLES = ["anyone", "operator", "respondents", "lead", "worker", "line_manager", "supervisor", "mentor", "trainer", "hr", "checks_officer",
         "occupational_health", "adviser", "panel_member", "applicant", "team_member", "person_supported", "sponsor", "commissioner",
         "researcher", "partner_lead", "safeguarding_lead", "privacy_guardian", "administrator"]
NOBODY_WITH_AN_ACCOUNT = {"anyone", "operator", "respondents"}
ACTIONS = ["list", "read", "create", "amend", "share", "export", "erase", "restore", "break_glass"]
SHORT = {"PSL": "lead", "PSW": "worker", "LM": "line_manager", "SUP": "supervisor", "MEN": "mentor", "TRN": "trainer", "HR": "hr",
         "CHK": "checks_officer", "OH": "occupational_health", "PAN": "panel_member", "APP": "applicant", "TM": "team_member",
         "SU": "person_supported", "SPO": "sponsor", "COM": "commissioner", "RES": "researcher", "PAR": "partner_lead",
         "DSL": "safeguarding_lead", "PG": "privacy_guardian", "ADM": "administrator", "OPR": "operator", "ALL": "respondents"}
WAYS_OF_CODE = {
    "R": [("list,read", "reach")], "W": [("list,read,create,amend", "reach")], "R*": [("list,read", "always")],
    "A": [("list,read", "assigned")], "AW": [("list,read,create,amend", "assigned")], "T": [("list,read", "team")],
    "O": [("list,read,export", "own")], "OW": [("list,read,create,amend,share,export,erase,restore", "own")],
    "G": [("list,read", "granted")], "B": [("break_glass", "glass")],
    "M": [("list", "reach")], "MA": [("list", "assigned")], "M*": [("list", "always")],
    "C": [("create", "always")], "CA": [("create", "assigned")], "CO": [("create", "own")],
}
EVERY_BARRIER, NO_SHIELD, NO_BARRIER = "block conflict shield", "block conflict", ""
TOTALS = {short: "R" for short in ["PSL", "PSW", "LM", "SUP", "HR", "TM", "SPO", "COM", "RES", "PAR", "PG"]}

# Of these the content goes out only to somebody who has just signed in anew: what tells of treatment, wellness plans, what occupational
# health wrote, what a record check found, and concerns about harm.
FRESH = {"conflict_marker", "own_care_answer", "wellness_plan", "occupational_health_report", "check_disclosure", "safeguarding_concern"}
# Of these even a list tells everything, and changing one takes a protection away.
FRESH_WHOLLY = {"conflict_marker", "own_care_answer"}


@dataclasses.dataclass(frozen=True)
class Path:
    """One way to one act: what the actor must be to the record, what it must be at present, what must be agreed."""
    near: str
    state: str = ""
    agreed: str = ""


@dataclasses.dataclass
class Record:
    """`paths[role][action]` holds every Path. `spared` are roles the shield leaves alone here."""
    name: str
    part: str
    barriers: set
    spared: set
    paths: dict


RECORDS = []


def everybody_with_an_account(code):
    return {role: code for role in ROLES if role not in NOBODY_WITH_AN_ACCOUNT}


def row(name, barriers, *, part="", spared=(), also=None, **codes):
    """Adds a record. `codes` are by the short words for roles, `also` by the roles themselves."""
    said = {SHORT[short]: code for short, code in codes.items()}
    for role, code in (also or {}).items():
        said[role] = (said.get(role, "") + " " + code).strip()
    paths = {}
    for role, text in said.items():
        for code in text.split():
            for action, path in paths_of(code, role):
                paths.setdefault(role, {}).setdefault(action, set()).add(path)
    RECORDS.append(Record(name, part, set(barriers.split()), {SHORT[short] for short in spared}, paths))


def paths_of(code, role):
    code, _, agreed = code.partition("^")
    code, _, state = code.partition("@")
    ways = WAYS_OF_CODE.get(code)
    if ways is None:
        actions, near = code.split(":")
        ways = [(actions, near)]
    for actions, near in ways:
        if near == "glass":  # in an emergency each keeps to their own people, and the safeguarding lead to their reach
            near = "reach" if role == "safeguarding_lead" else "assigned"
        for action in actions.split(","):
            yield action, Path(near, state, agreed)


# ---- 1 to 3: who works here, and how they came to

row("directory_card", NO_SHIELD, PSL="R", PSW="R list,read,amend:own", LM="R", SUP="R", MEN="R", TRN="R", HR="W", CHK="R", OH="R",
    PAN="R", TM="R", PAR="R", DSL="R", PG="R")
row("employment_file", NO_SHIELD, PSW="O", LM="A", HR="W")
row("application", NO_SHIELD, PSL="A", PSW="O", HR="W", PAN="A@with_panel", APP="O CO")
row("application_scores", NO_SHIELD, PSL="A", PSW="O@decided", HR="R", PAN="AW@with_panel", APP="O@decided")
row("application_help_note", NO_SHIELD, APP="O create,amend,erase,restore:own", PSW="O")
row("enquiry_note", NO_SHIELD, PSL="W erase:reach", HR="W erase:reach")

# ---- 4 to 9: what a person writes about themselves, and health

row("lived_experience_statement", EVERY_BARRIER, PSL="G", PSW="OW", LM="G", SUP="G", HR="G", OH="G", PAN="A@submitted", APP="OW",
    RES="G^protocol")
row("happy_to_draw_on", EVERY_BARRIER, PSL="G", PSW="OW", LM="G", SUP="G", MEN="G", TM="G")
row("worker_profile", EVERY_BARRIER, PSW="OW")
row("introduction_card", EVERY_BARRIER, PSL="G", PSW="OW", LM="G", TM="G", SU="G")
row("wellness_plan", EVERY_BARRIER, PSL="G", PSW="OW", LM="G", SUP="G", MEN="G", HR="G", OH="G", TM="G")
row("crisis_card", EVERY_BARRIER, PSL="G", PSW="OW", LM="G B", SUP="G B", OH="G", TM="G", DSL="B")
row("occupational_health_report", EVERY_BARRIER, PSW="O", OH="AW")
row("occupational_health_outcome", NO_SHIELD, PSW="O", APP="O", HR="A", OH="AW")
# A worker asks for an adjustment and may take it back; who manages them says what has been agreed. Why is nobody else's.
row("functional_adjustment", EVERY_BARRIER, PSL="G", PSW="OW", LM="A amend:assigned", SUP="G", HR="A amend:assigned", OH="CA", TM="G")
row("functional_adjustment", EVERY_BARRIER, part="why", PSW="O create,amend,erase,restore:own")
row("check_disclosure", NO_SHIELD, PSW="O", APP="O", CHK="A CA")
row("check_decision", NO_SHIELD, PSL="M", PSW="O", APP="O", LM="MA", CHK="AW")
row("benefits_figures", NO_SHIELD, PSW="O create,amend,erase,restore:own", APP="O create,amend,erase,restore:own")
row("own_care_answer", EVERY_BARRIER, PSW="O create,amend,share,erase:own", APP="O create,amend,share,erase:own", PSL="G")

# ---- 10 to 15: support, and people supported

row("supervision_record", EVERY_BARRIER, PSW="O", SUP="AW", DSL="B")
row("reflective_note", EVERY_BARRIER, PSW="OW", SUP="G")
row("line_management_note", EVERY_BARRIER, PSW="O", LM="AW", HR="A@in_open_case")
row("training_record", NO_SHIELD, PSL="R", PSW="O create,amend:own", LM="A", SUP="A", MEN="A", TRN="AW", HR="W")
row("person_supported_identity", EVERY_BARRIER, PSL="A", PSW="A", TM="A", SU="O", DSL="B")
row("matching_wishes", EVERY_BARRIER, SU="O create,amend:own", PSL="AW", LM="A@being_matched")
row("contact_note", EVERY_BARRIER, PSL="A@sampled", PSW="AW", SUP="G", TM="A", SU="list,read:own@view_left share:own", DSL="B")

# ---- 16 and 17. Everybody with an account can tell of a worry, a commissioner and an administrator too: telling shows them nothing.

row("safeguarding_concern", EVERY_BARRIER, spared=["DSL"], also=everybody_with_an_account("C"), PG="M*", DSL="R amend:reach")
row("raised_concern", NO_BARRIER, also=everybody_with_an_account("list:own"))
row("incident_or_complaint", EVERY_BARRIER, spared=["PSL", "HR", "DSL"], PSL="AW", PSW="C O", LM="A", HR="A", TM="C", SU="C", PG="M*",
    DSL="A")

# ---- 18 and 19, and what belongs to them: who may see, and who has seen

row("conflict_marker", NO_SHIELD, PSW="O create,amend,erase:own", SU="O create,amend,erase:own")
row("conflict_marker_count", NO_BARRIER, PG="read:always")
row("block_list", NO_SHIELD, **{who: "O create,amend,erase:own" for who in ["PSW", "APP", "SU"]})
row("shield_setting", NO_SHIELD, PSW="O create,amend:own")
# A reader sees a grant as long as it lives, and by the same rules as what it opens: afterwards it is as if there had been none.
row("consent_grant", NO_SHIELD, **{who: "O create,amend,share,erase:own" for who in ["PSW", "APP"]}, SU="O create,amend,share,erase:own G",
    PG="M*", **{who: "G" for who in ["PSL", "LM", "SUP", "MEN", "HR", "OH", "TM", "RES"]})
row("grant_preview", NO_BARRIER, **{who: "list,read:own" for who in ["PSW", "APP", "SU"]})
row("break_glass_access", NO_SHIELD, also=everybody_with_an_account("O"), PG="R amend:reach")
row("access_complaint", NO_SHIELD, also=everybody_with_an_account("O CO"), PG="R amend:reach")

# ---- 20 to 25: what is told without a name, totals, research

row("hopes_and_fears_text", NO_BARRIER, PSL="R@moderated", PSW="C", TM="C", RES="A^protocol", DSL="R@flagged")
row("hopes_and_fears_themes", NO_BARRIER, PSL="R", LM="R", TM="R")
row("response", NO_BARRIER, ALL="C", OPR="C")  # nobody reads an answer, an evaluator neither: the stricter of two views
row("inventory_comparison", NO_BARRIER, **{**TOTALS, **{who: "R export:reach" for who in ["PSL", "RES", "PAR"]}},
    OPR="list,read,export:always")
row("programme_report", NO_BARRIER, **TOTALS)
for kind in ["identifiable", "pseudonymised"]:
    row(f"transcript_{kind}", NO_SHIELD, PSW="O", SU="O", RES="A^protocol")
row("research_approval", NO_BARRIER, PSL="W", RES="W", PG="R*")
row("research_protocol", NO_BARRIER, PSL="R amend:reach^two_people", RES="R create:reach", PG="R*")

# ---- 26 and 27, policies, teams and partners

row("accesses_to_me", NO_BARRIER, also=everybody_with_an_account("O"))
row("journal_metadata", NO_BARRIER, PG="R* export:always")
row("journal_integrity", NO_BARRIER, PG="read:always", ADM="read:always", OPR="read:always")
row("configuration", NO_BARRIER, PG="read:always", ADM="amend:always^two_people")
row("policy_document", NO_BARRIER, also=everybody_with_an_account("R*"), PSL="create,amend,erase,restore:reach",
    HR="create,amend,erase,restore:reach")
row("policy_acknowledgement", NO_SHIELD, also=everybody_with_an_account("O CO"), LM="A")
row("team_suitability", NO_BARRIER, PSL="W", LM="T", TM="T")
row("partner_agreement", NO_BARRIER, PSL="W", PAR="R")
