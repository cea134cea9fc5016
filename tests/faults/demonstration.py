# SPDX-License-Identifier: Apache-2.0
"""The demonstration, served: somebody signed in for each role it has, nobody, and the map of its routes as the program tells it."""
import json
import re
import subprocess
import time
import urllib.parse

from world import CAIRN, Client, World, free_port

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# In the order in which the demonstration tells its links.
ROLES = ["lead", "administrator", "worker", "line_manager", "supervisor", "team_member", "hr", "researcher", "commissioner", "partner_lead",
         "safeguarding_lead", "privacy_guardian"]


class Route:
    def __init__(self, told):
        self.method, self.path, self.record, self.action = told["method"], told["path"], told["record"], told["action"]
        self.roles = set(told["roles"])
        self.names = re.findall(r"\{(\w+)\}", self.path)
        self.shape = re.compile("^" + re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(self.path)) + "$")

    def __str__(self):
        return f"{self.method} {self.path}"

    def filled(self, values):
        values = iter(values)
        return re.sub(r"\{\w+\}", lambda _: urllib.parse.quote(next(values), safe=""), self.path)


class Demonstration(World):
    def __init__(self):
        super().__init__()
        self.port, log = free_port(), self.folder / "server.log"
        with log.open("wb") as out:
            self.process = subprocess.Popen([CAIRN, "demo", "--port", str(self.port), *self.where()], cwd=self.folder,
                                            stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.log, began = log, time.monotonic()
        while len(links := re.findall(r"(/look-round/[a-z2-7]+)  .*\n", log.read_text())) < len(ROLES):
            if self.process.poll() is not None or time.monotonic() - began > 60:
                raise AssertionError("the demonstration did not begin: " + log.read_text()[-2000:])
            time.sleep(0.05)
        self.routes = [Route(told) for told in self.told_routes()]
        self.people = {"nobody": Client(self.port), **{role: self.signed_in(link) for role, link in zip(ROLES, links)}}

    def told_routes(self):
        return json.loads(self.must("policy", "--routes").stdout)["routes"]

    def signed_in(self, link):
        client = Client(self.port)
        reply = client.post(link, {})
        client.cookie = re.search(r"__Host-cairn=[^;]+", reply.headers["set-cookie"])[0]
        client.token = re.search(r'name="_token" value="([^"]+)"', client.get("/account").text)[1]
        return client

    def close(self):
        for client in self.people.values():
            client.close()
        self.process.kill()
        self.process.wait()
        super().close()

    def route_of(self, method, path):
        """The route of a path as the server finds it, fixed segments before parameters, and its parameters."""
        found = [(route, match) for route in self.routes if route.method == method and (match := route.shape.match(path))]
        if not found:
            return None, ()
        route, match = min(found, key=lambda one: [part.startswith("{") for part in one[0].path.split("/")])
        return route, tuple(urllib.parse.unquote(value) for value in match.groups())

    def crawl(self, role, most_of_a_kind):
        """The paths that links and forms lead this person to, as {(method, path)}, each kind of page opened a few times."""
        client, waiting, led_to, opened = self.people[role], ["/"], set(), {}
        waiting += [route.path for route in self.routes if route.method == "GET" and not route.names]
        asked = set()
        while waiting:
            path = waiting.pop(0)
            route, _ = self.route_of("GET", path.split("?")[0])
            if route is None or path in asked or opened.get(route.path, 0) >= most_of_a_kind or re.search(r"\.(pdf|xlsx|csv)$", path):
                continue
            asked.add(path)
            opened[route.path] = opened.get(route.path, 0) + 1
            reply = client.get(path)
            if reply.status != 200 or not reply.headers["content-type"].startswith("text/html"):
                continue
            links = [link.replace("&amp;", "&").split("#")[0] for link in re.findall(r'<a [^>]*href="(/[^"]*)"', reply.text)]
            led_to |= {("GET", link.split("?")[0]) for link in links}
            led_to |= {("POST", to.replace("&amp;", "&").split("?")[0]) for to in re.findall(r'<form [^>]*action="(/[^"]*)"', reply.text)}
            waiting += links
        return led_to

    def rows(self):
        """What is in the store, table by table, but for what every visit writes: sessions, the journal and the log of looks."""
        store = self.sqlite()
        try:
            tables = [name for name, in store.execute("select name from sqlite_master where type = 'table'")
                      if not re.match(r"session|journal|record_look|sqlite_", name)]
            return {table: sorted(map(repr, store.execute(f'select * from "{table}"'))) for table in sorted(tables)}
        finally:
            store.close()
