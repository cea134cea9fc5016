# SPDX-License-Identifier: Apache-2.0
import pathlib
import re
import shutil
import subprocess
import tomllib
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGING = TOP / "packaging"


def explained_settings():
    """The settings of the shipped copy, with every `# key = value` line in force: {"data": ..., "serve": {...}, ...}."""
    return tomllib.loads(re.sub(r"^# (\w+ = )", r"\1", (PACKAGING / "cairn.toml").read_text(), flags=re.M))


def known_settings():
    """The keys src/app/config.cpp reads, as "data" or "serve.port"."""
    source = (TOP / "src/app/config.cpp").read_text()
    return {("" if where == "top" else f"{where}.") + key
            for where, key in re.findall(r"\b(top|serve|mail|journal)\.(?:text|port)\(\"(\w+)\"", source)}


class Packaging(unittest.TestCase):
    def test_the_shipped_configuration_explains_every_setting_and_no_other(self):
        explained = set()
        for key, value in explained_settings().items():
            explained |= {f"{key}.{inner}" for inner in value} if isinstance(value, dict) else {key}
        self.assertEqual(known_settings(), explained)

    def test_as_shipped_nothing_is_set(self):
        self.assertEqual({"serve": {}, "mail": {}, "journal": {}}, tomllib.loads((PACKAGING / "cairn.toml").read_text()))

    def test_the_paper_names_every_setting(self):
        paper = (TOP / "docs/operating/configuration.md").read_text()
        for key in known_settings():
            self.assertIn(f"`{key}`", paper)

    def test_the_service_is_shut_in(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd-analyze here")
        said = subprocess.run(["systemd-analyze", "security", "--offline=true", str(PACKAGING / "cairn.service")],
                              capture_output=True, text=True, check=False)
        if "Overall exposure level" not in said.stdout:
            self.skipTest("this systemd-analyze cannot rate a file")
        rating = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said.stdout)[1])
        self.assertLessEqual(rating, 2.0)

    def test_servers_in_front_pass_on_the_name_and_the_address_of_who_asks(self):
        nginx = (PACKAGING / "nginx.conf").read_text()
        self.assertIn("proxy_set_header Host $host;", nginx)
        self.assertIn("proxy_set_header X-Forwarded-For $remote_addr;", nginx)
        self.assertIn("proxy_set_header X-Forwarded-Proto $scheme;", nginx)
        self.assertIn("X-Forwarded-For {remote_host}", (PACKAGING / "Caddyfile").read_text())


if __name__ == "__main__":
    unittest.main()
