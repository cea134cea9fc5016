# SPDX-License-Identifier: Apache-2.0
"""F16, the part without sqlmap: quotes, comments, second statements and pairs of true and false in every part of every address, and in
fields that a query may have, by a lead and by nobody. Nothing breaks, true has the status of false, and nothing is changed. Forms are not tried."""
import unittest
import urllib.parse

from demonstration import Demonstration

BREAKING = ["'", '"', "';--", "\\", "' union select 1--", "1; drop table account--", "'||(select 1)||'", "%", "*/", "\x00"]
PAIRS = [("' or '1'='1", "' or '1'='2"), (" or 1=1", " or 1=2"), ('" or "1"="1', '" or "1"="2'), ("' and '1'='1", "' and '1'='2")]
FIELDS = ["view", "group", "site", "by", "page", "next", "language", "before", "kind"]
FIXED_BY_A_LOOK = "shown_state"  # the first look at a comparison fixes what is shown of it


class Injection(unittest.TestCase):
    def test_no_part_of_an_address_reaches_the_store_as_words(self):
        world = Demonstration()
        self.addCleanup(world.close)
        before, asked, faults = world.rows(), 0, []
        examples = {}
        for method, path in sorted(world.crawl("lead", 3)):
            route, values = world.route_of(method, path)
            if route:
                examples.setdefault(str(route), values)

        def addresses(route, words):
            values = list(examples.get(str(route), ["x"] * len(route.names)))
            for at in range(len(values)):
                yield route.filled([*values[:at], values[at] + words, *values[at + 1:]])
            if str(route) in examples or not route.names:
                for field in FIELDS:
                    yield f"{route.filled(values)}?{urllib.parse.urlencode({field: words})}"

        for route in (one for one in world.routes if one.method == "GET" and not one.path.endswith((".pdf", ".xlsx"))):
            for client in (world.people["lead"], world.people["nobody"]):
                for words in BREAKING:
                    for path in addresses(route, words):
                        status, asked = client.get(path).status, asked + 1
                        if status >= 500:
                            faults.append(f"{path}: {status}")
                for true, false in PAIRS:
                    for one, other in zip(addresses(route, true), addresses(route, false)):
                        got, like, asked = client.get(one).status, client.get(other).status, asked + 2
                        if got != like or got >= 500:
                            faults.append(f"{one}: {got} and {like}")
        changed = [table for table, rows in world.rows().items() if table != FIXED_BY_A_LOOK and rows != before[table]]
        print(f"F16: {asked} requests, {len(faults)} breaks or differences, {len(changed)} tables changed")
        self.assertEqual((faults, changed), ([], []), "\n".join(faults[:40]))


if __name__ == "__main__":
    unittest.main()
