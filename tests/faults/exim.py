# SPDX-License-Identifier: Apache-2.0
"""A real mail server on this machine: Debian's exim with a configuration, spool and port of its own in a temporary folder. It
speaks STARTTLS with a certificate made here, asks who one is, and delivers into files. Nothing leaves the machine."""
import email
import email.policy
import os
import pathlib
import pwd
import shutil
import signal
import smtplib
import subprocess
import time

from world import free_port

EXIM = shutil.which("exim4") or "/usr/sbin/exim4"
USER, PASSWORD = "cairn", "a password for mail"

SETTINGS = """
primary_hostname = localhost
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/exim.pid
exim_user = {user}
exim_group = {group}
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = {folder}/certificate.pem
tls_privatekey = {folder}/key.pem
domainlist ours = example.org
acl_smtp_auth = check_auth
acl_smtp_rcpt = check_rcpt
acl_smtp_data = accept
acl_smtp_predata = accept
auth_advertise_hosts = *
keep_environment =
never_users =
begin acl
check_auth:
  accept encrypted = *
  deny message = first TLS
check_rcpt:
  deny !authenticated = *
       message = who are you
  deny local_parts = refused
       message = no such person
  defer condition = ${{if exists{{{folder}/busy}}}}
        message = too much to do
  accept domains = +ours
  deny message = nothing leaves this machine
begin routers
files:
  driver = accept
  transport = into_a_file
begin transports
into_a_file:
  driver = appendfile
  directory = {folder}/letters
  maildir_format
  user = {user}
  group = {group}
  envelope_to_add
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{name}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


class Exim:
    def __init__(self, folder, port=0):
        self.folder = pathlib.Path(folder) / "exim"
        self.port = port or free_port()
        if not self.folder.exists():
            self.make()
        self.process = None
        self.stderr = (self.folder / "stderr").open("ab")
        self.start()

    def make(self):
        # Run as root exim gives its rights away, to a user that must then own everything here.
        user = pwd.getpwnam("Debian-exim") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        for name in ("", "spool", "letters"):
            (self.folder / name).mkdir(parents=True)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=127.0.0.1", "-addext",
                        "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"],
                       cwd=self.folder, check=True, capture_output=True)
        (self.folder / "exim.conf").write_text(SETTINGS.format(folder=self.folder, port=self.port, user=user.pw_name,
                                                              group=user.pw_gid, name=USER, password=PASSWORD))
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)
        os.chmod(self.folder / "exim.conf", 0o644)
        # The temporary folder itself is its maker's alone.
        os.chmod(self.folder.parent, 0o755)
        if os.geteuid() == 0:
            os.chown(self.folder / "exim.conf", 0, 0)

    def start(self):
        self.process = subprocess.Popen([EXIM, "-bdf", "-C", str(self.folder / "exim.conf"), "-oX", str(self.port)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.stderr)
        for _ in range(500):
            try:
                with smtplib.SMTP("127.0.0.1", self.port, timeout=5) as probe:
                    probe.noop()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise AssertionError("exim did not begin: " + (self.folder / "stderr").read_text()) from None
                time.sleep(0.02)
        raise AssertionError("exim does not answer")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)

    def close(self):
        self.stop()
        self.stderr.close()

    def busy(self, is_so):
        """Whether every receiver is answered with 4xx."""
        path = self.folder / "busy"
        if is_so:
            path.touch()
            path.chmod(0o644)
        else:
            path.unlink(missing_ok=True)

    def letters(self, name):
        """What arrived for NAME@example.org, each parsed."""
        files = sorted((self.folder / "letters" / "new").glob("*"))
        letters = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
        return [letter for letter in letters if letter["Envelope-to"] == f"{name}@example.org"]

    def settings(self, **more):
        """The [mail] section that leads here."""
        password = self.folder.parent / "mail-password"
        password.write_text(PASSWORD + "\n")
        keys = {"server": f"smtp://127.0.0.1:{self.port}", "from": "letters@example.org", "sender_name": "Example Letters", "user": USER,
                "password_file": str(password), "ca_file": str(self.folder / "certificate.pem"), **more}
        return "[mail]\n" + "".join(f'{key} = "{value}"\n' for key, value in keys.items() if value)
