# SPDX-License-Identifier: Apache-2.0
"""Every small change that could be made to content/policy.toml by a slip or on purpose, one at a time, for policy_test.py; and some to
the function that decides, in src/policy/policy.cpp."""
import copy
import dataclasses
import json
import tomllib

CONDITIONS = ["none", "reach", "own", "assigned", "granted", "team"]
NEEDS = ["step_up", "protocol", "two_people", "state=never"]
BARRIERS = ["block", "conflict", "shield"]

# (what is changed, what stands there, what takes its place) in src/policy/policy.cpp
OF_THE_FUNCTION = [
    ("erased records answer", "facts_.keeping == Keeping::erased", "false"),
    ("owners have no way of their own", "{ return rule.condition == Condition::own; }", "{ return false; }"),
    ("everybody owns", "return facts.owner;", "return true;"),
    ("owners come last", "return rule.condition != Condition::own && (", "return ("),
    ("nobody is blocked", "stands(Barrier::block, facts_.blocked)", "stands(Barrier::block, false)"),
    ("no conflict", "stands(Barrier::conflict, facts_.conflicted)", "stands(Barrier::conflict, false)"),
    ("no shield", "stands(Barrier::shield, facts_.shielded)", "stands(Barrier::shield, false)"),
    ("grants by name open nothing", "if (by_grant(GrantTo::person)) return *found_;", ""),
    ("grants by role open nothing", "if (by_grant(GrantTo::role)) return *found_;", ""),
    ("grants by role pass a conflict", "if (by_grant(GrantTo::person)) return *found_;",
     "if (by_grant(GrantTo::person) || by_grant(GrantTo::role)) return *found_;"),
    ("barriers stand before owners", "return fact && !facts_.owner && ", "return fact && "),
    ("barriers stand everywhere", "kind_.barriers.contains(barrier)", "true"),
    ("the shield spares nobody", "!shielded || is_spared(kind_, rule)", "!shielded"),
    ("the shield spares everybody", "!shielded || is_spared(kind_, rule)", "true"),
    ("glass opens nothing", "|| by_broken_glass(is_let)", ""),
    ("glass never closes", "if (!facts_.break_glass_open || ", "if ("),
    ("glass opens what rests", "|| facts_.keeping != Keeping::live) return false;", ") return false;"),
    ("glass knows no shield", "if (!wanted(rule) || !is_for(rule, held)", "if (!is_for(rule, held)"),
    ("glass opens to any role", "!is_for(rule, held) || !is_near(rule.condition, held, facts_)) continue;\n        found_",
     "!is_near(rule.condition, held, facts_)) continue;\n        found_"),
    ("glass opens from afar", "!is_for(rule, held) || !is_near(rule.condition, held, facts_)) continue;\n        found_",
     "!is_for(rule, held)) continue;\n        found_"),
    ("what rests is at hand", "return facts_.keeping == Keeping::live || rule.resting;", "return true;"),
    ("what rests is lost", "return facts_.keeping == Keeping::live || rule.resting;", "return facts_.keeping == Keeping::live;"),
    ("needs are not asked for", "!are_met(needs, facts_)", "false"),
    ("nobody signs in anew", "if (rule.needs.step_up && !facts_.step_up) {", "if (false) {"),
    ("expired and revoked grants live", "grant.standing == Standing::live && ", ""),
    ("a grant opens every part", "contains(grant.parts, facts_.part)", "true"),
    ("a grant to any role", "to == GrantTo::person || grant.role == rule.role", "true"),
    ("a grant to whoever has no role for it", "rule.condition != Condition::granted || !actor_.has(rule.role)",
     "rule.condition != Condition::granted"),
    ("any role will do", "return rule.role == held.role || rule.role == Role::anyone;", "return true;"),
    ("reach reaches everywhere", "return facts.within_reach || contains(facts.lies_in, held.reach);", "return true;"),
    ("everybody is assigned", "return facts.assigned || contains(facts.assigned_as, held.role);", "return true;"),
    ("nobody is assigned", "return facts.assigned || contains(facts.assigned_as, held.role);", "return facts.assigned;"),
    ("everybody is in the team", "return facts.team;", "return true;"),
    ("raising a concern can be stopped", "if (by_rules([](const Rule& rule) { return is_open_door(rule); })) return *found_;", ""),
    ("every act without a condition is open", "rule.action == Action::create && rule.condition == Condition::none",
     "rule.condition == Condition::none"),
    ("everything put in is open", "rule.action == Action::create && rule.condition == Condition::none", "rule.action == Action::create"),
    ("managers far away are spared", "(stands_behind && rule.condition == Condition::assigned) ||", "stands_behind ||"),
    ("managers are not spared", "(stands_behind && rule.condition == Condition::assigned) ||", ""),
    ("no kind spares a role", "|| kind.shield_spares.contains(rule.role)", ""),
    ("states do not matter", "(needs.state.empty() || contains(facts.states, needs.state)) &&", ""),
    ("no protocol is asked for", "(!needs.protocol || facts.protocol) &&", ""),
    ("one person is enough", "(!needs.two_people || facts.two_people) &&", ""),
]
# Those that no decision about the carried table can tell, and why.
EXPLAINED = {
    "managers far away are spared": "every row of the table that a shield could stop lets in only those managers who are assigned; "
                                    "tests/policy/order_test.cpp tries it with a table of its own",
    "owners come last": "what is one's own was decided two steps before, by the same rows and the same facts",
}


@dataclasses.dataclass
class Mutant:
    """One changed record. `roles` and `actions` are those whose decisions may have changed; empty stands for all of them."""
    what: str
    record: str
    toml: str
    roles: frozenset = frozenset()
    actions: frozenset = frozenset()


def as_toml(record):
    """One record as a file of its own."""
    lines = ["[[record]]"]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in record.items() if key not in ("allow", "part")]
    if "allow" in record:
        lines += ["[record.allow]", *(f"{action} = {json.dumps(entries)}" for action, entries in record["allow"].items() if entries)]
    for part in record.get("part", []):
        lines += ["[[record.part]]", f'name = "{part["name"]}"', 'says = "x"', "[record.part.allow]"]
        lines += [f"{action} = {json.dumps(entries)}" for action, entries in part["allow"].items() if entries]
    return "\n".join(lines) + "\n"


def touched(entry, action):
    """The roles and the actions whose decisions an entry may change."""
    role = entry.split(":")[0]
    also = {"restore": {"list", "erase"}, "break_glass": {"read"}}.get(action, set())
    return frozenset() if role == "signed_in" else frozenset([role]), frozenset({action} | also)


def instead_of(entry, action):
    """The entries that could stand in an entry's place, and none at all."""
    yield None
    role, _, rest = entry.partition(":")
    words = rest.split("+") if rest else []
    conditions = [word for word in words if word in CONDITIONS]
    others = [word for word in words if word not in CONDITIONS]
    for condition in CONDITIONS:
        if condition != (conditions or ["none"])[0]:
            yield ":".join([role, "+".join([condition, *others])])
    for word in others:
        yield ":".join([role, "+".join([*(conditions or ["none"]), *(other for other in others if other != word)])])
    for need in NEEDS:
        if need not in others and not (need.startswith("state=") and any(word.startswith("state=") for word in others)):
            yield ":".join([role, "+".join([*words, need])])


def of_entries(record, place, label):
    """`place` finds the table of actions in a copy of the record."""
    for action, entries in place(record).items():
        for at, entry in enumerate(entries):
            for other in instead_of(entry, action):
                changed = copy.deepcopy(record)
                place(changed)[action][at:at + 1] = [other] if other else []
                yield Mutant(f"{label} {action}: {entry} -> {other or 'nothing'}", record["name"], as_toml(changed), *touched(entry, action))


def of_denials(record, place, label, roles, actions):
    """Somebody more is let in, always or where they reach."""
    for action in actions:
        named = {entry.split(":")[0] for entry in place(record).get(action, [])}
        for role in roles:
            if role in named or "signed_in" in named:
                continue
            for entry in (role, role + ":reach"):
                changed = copy.deepcopy(record)
                place(changed).setdefault(action, []).append(entry)
                yield Mutant(f"{label} {action}: {entry} added", record["name"], as_toml(changed), *touched(entry, action))


def of_barriers(record, roles):
    for key, known in (("barriers", BARRIERS), ("shield_spares", roles)):
        for word in known:
            changed = copy.deepcopy(record)
            words = changed.setdefault(key, [])
            words.remove(word) if word in words else words.append(word)
            if key == "shield_spares" and "shield" not in record.get("barriers", []):
                continue
            if not words:
                del changed[key]
            if key == "barriers" and "shield" not in words:
                changed.pop("shield_spares", None)
            yield Mutant(f"{record['name']} {key}: {word} turned round", record["name"], as_toml(changed),
                         frozenset([word]) if key == "shield_spares" else frozenset())


def of_table(text, names, roles, actions):
    """Every mutant of the records in `names`."""
    for record in tomllib.loads(text)["record"]:
        if record["name"] not in names:
            continue
        places = [(lambda r: r["allow"], record["name"])]
        for at, part in enumerate(record.get("part", [])):
            places.append((lambda r, at=at: r["part"][at]["allow"], f"{record['name']}/{part['name']}"))
        for place, label in places:
            yield from of_entries(record, place, label)
            yield from of_denials(record, place, label, roles, actions)
        yield from of_barriers(record, roles)
        for part in record.get("part", []):
            changed = copy.deepcopy(record)
            changed["part"].remove(part)
            yield Mutant(f"{record['name']}: part {part['name']} dropped", record["name"], as_toml({**changed, "part": []}))
        yield Mutant(f"{record['name']} dropped", record["name"], as_toml({**record, "name": "another"}))
