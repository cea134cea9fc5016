// SPDX-License-Identifier: Apache-2.0
#include "app/serve.hpp"

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "accounts/actions_words.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_words.hpp"
#include "app/commands.hpp"
#include "app/demonstration.hpp"
#include "app/descriptor_stream.hpp"
#include "app/files.hpp"
#include "app/opening.hpp"
#include "app/operator_socket.hpp"
#include "app/overviews.hpp"
#include "app/stages.hpp"
#include "app/witness.hpp"
#include "base/text.hpp"
#include "jobs/postman.hpp"
#include "web/server.hpp"

namespace cairn::app {
namespace {

using jobs::Ended;

constexpr auto between_rounds = std::chrono::seconds(2);

// One write, so that lines of several threads do not run into each other.
void log_line(const std::string& line) {
  const auto whole = iso(system_clock()()) + ' ' + line + '\n';
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, whole.data(), whole.size());
}

sigset_t stopping_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Keeps the signals that end the program for whoever waits for them: threads started later inherit this.
class SignalsHeld {
 public:
  SignalsHeld() {
    const auto signals = stopping_signals();
    pthread_sigmask(SIG_BLOCK, &signals, &before_);
    // A client that goes away must not end the program.
    std::signal(SIGPIPE, SIG_IGN);
  }
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_{};
};

// Does `act` at the first signal. At a second one, from somebody who will not wait, ends the program at once: what is
// durable is durable.
class OnSignal {
 public:
  explicit OnSignal(std::function<void()> act)
      : waiting_([this, act = std::move(act)] {
          if (next_signal()) act();
          if (next_signal()) std::_Exit(static_cast<int>(Ended::world));
        }) {}
  ~OnSignal() {
    over_ = true;
    pthread_kill(waiting_.native_handle(), SIGTERM);
    waiting_.join();
  }
  OnSignal(const OnSignal&) = delete;
  OnSignal& operator=(const OnSignal&) = delete;

 private:
  // False once this object goes.
  bool next_signal() {
    const auto signals = stopping_signals();
    int signal = 0;
    if (!over_) sigwait(&signals, &signal);
    return !over_;
  }
  std::atomic<bool> over_ = false;
  std::thread waiting_;
};

// What PostgreSQL, with several processes at one store, needs done every few seconds: chains the journal's entries,
// which SQLite chains as they are written, and reads the programme's words, which another process may have changed.
class Rounds {
 public:
  Rounds(db::Database& database, web::Languages& languages) : database_(database), languages_(languages) {
    if (database.is_postgres()) thread_ = std::thread([this] { go_until_told(); });
  }
  ~Rounds() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    ready_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;

 private:
  void go_until_told() {
    std::unique_lock lock(mutex_);
    bool last = false;
    while (!last) {
      last = ready_.wait_for(lock, between_rounds, [this] { return ending_; });
      try {
        database_.seal_journal();
        accounts::take_up_words(database_, languages_);
      } catch (const std::exception& fault) {
        log_line(std::string("the journal waits to be chained, and the words to be read: ") + fault.what());
      }
    }
  }
  db::Database& database_;
  web::Languages& languages_;
  std::mutex mutex_;
  std::condition_variable ready_;
  bool ending_ = false;
  std::thread thread_;
};

web::ServerSettings server_settings(const Config& config) {
  web::ServerSettings settings;
  settings.address = config.address;
  settings.port = config.port;
  settings.tls_certificate = config.tls_certificate;
  settings.tls_key = config.tls_key;
  settings.public_host = config.public_host;
  settings.trusted_proxy = config.trusted_proxy;
  return settings;
}

web::Hooks hooks_for(const Site& site) {
  web::Hooks hooks;
  hooks.sign_in_of = [&site](const std::string& token, Moment now) {
    auto who = accounts::signed_in_by(site.database, token, now);
    if (who && site.languages.codes().size() > 1)
      who->language = site.database.read(
          [&](db::Read& read) { return accounts::language_of(read, {who->actor.account_id}).value_or(""); });
    return who;
  };
  hooks.frame = [&site](const web::Request& request) { return frame_of(request, site); };
  hooks.language = [&site](const web::Request& request) { return site.languages.for_request(request); };
  hooks.today = [&site](Moment now) { return date_in_zone(now, site.zone()); };
  hooks.log = log_line;
  hooks.clock = system_clock();
  return hooks;
}

std::string address_of(const Config& config, std::uint16_t port) {
  const auto scheme = config.tls_certificate.empty() ? "http://" : "https://";
  const auto usual = config.tls_certificate.empty() ? 80 : 443;
  auto host = config.public_host;
  // Our own web server in front speaks https, on the usual port.
  if (!host.empty() && !config.trusted_proxy.empty()) return "https://" + host;
  // Cookies of a signed-in person need https or this name.
  if (host.empty()) host = config.address == "127.0.0.1" ? "localhost" : config.address;
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return scheme + host + (port == usual ? "" : ":" + std::to_string(port));
}

// The zone of the programme's calendar, read again every few seconds: somebody may choose another.
class ProgrammeZone {
 public:
  explicit ProgrammeZone(db::Database& database) : database_(database) { now(); }
  std::string now() {
    const std::lock_guard lock(mutex_);
    const auto passed = std::chrono::steady_clock::now() - read_at_;
    if (!zone_.empty() && passed < std::chrono::seconds(5)) return zone_;
    zone_ = database_.read([](db::Read& read) { return accounts::find_programme(read)->zone; });
    read_at_ = std::chrono::steady_clock::now();
    return zone_;
  }

 private:
  db::Database& database_;
  std::mutex mutex_;
  std::string zone_;
  std::chrono::steady_clock::time_point read_at_;
};

// Those the program carries; with CAIRN_FALSE_LANGUAGE set, as tests do, the false language too.
std::vector<std::string> languages_spoken() {
  auto codes = web::Languages::carried();
  if (std::getenv("CAIRN_FALSE_LANGUAGE") != nullptr) codes.emplace_back("zz");
  return codes;
}

jobs::MailServer mail_server(const MailConfig& config) {
  jobs::MailServer server;
  server.server = config.server;
  server.from = config.from;
  server.sender_name = config.sender_name;
  server.user = config.user;
  if (!config.password_file.empty()) server.password = first_line(config.password_file);
  server.ca_file = config.ca_file;
  return server;
}

// Sends letters until it goes.
class Outbox {
 public:
  Outbox(db::Database& database, jobs::MailServer server, jobs::LetterKinds kinds)
      : postman_(database, std::move(server), std::move(kinds)),
        queue_(database, {{std::string(jobs::mail_job), postman_.work()}}, log_line,
               {.patience = jobs::mail_patience}) {}
  // What is being sent is left for the next start.
  void stop() { postman_.stop(); }

 private:
  jobs::Postman postman_;
  jobs::Queue queue_;
};

// The command of a client at the socket, read again here and run on the store that is open.
Ended run_for_client(db::Database& database, const content::Library& library, const web::Language& say,
                     const Asked& asked, const Streams& streams) {
  DescriptorStream out(streams.out);
  DescriptorStream err(streams.err);
  const Typing typing(asked, streams);
  try {
    const auto typed = read_words(typing, say, out, err);
    auto ended = typed.ended ? *typed.ended : run_on(database, library, typed, typing, say, out, err);
    if (!out.flush()) ended = Ended::world;
    return ended;
  } catch (const std::exception& fault) {
    return tell(fault, say, err);
  }
}

// Fills a new store of the demonstration. False where the folder holds a programme in earnest.
bool ready_for_demonstration(db::Database& database, const content::Library& library, const Config& config,
                             const web::Language& say, std::ostream& out, std::ostream& err) {
  if (is_demonstration(database)) return true;
  if (database.read([](db::Read& read) { return accounts::accounts_count(read); }) > 0) {
    err << "cairn: " << say("command.demo.not_demo", {{"data", config.data}}) << '\n';
    return false;
  }
  out << say("command.demo.making") << '\n' << std::flush;
  make_demonstration(database, library, languages_spoken());
  return true;
}

// The two first accounts, and a link for each made-up person, each of which signs in once.
void tell_demonstration(const std::string& address, accounts::OneTimeLinks& links, const web::Language& say,
                        std::ostream& out) {
  const auto& lead = made_up_accounts()[0];
  const auto& administrator = made_up_accounts()[1];
  out << say("command.demo.accounts", {{"lead", lead.email},
                                       {"lead_password", lead.password},
                                       {"administrator", administrator.email},
                                       {"administrator_password", administrator.password}})
      << '\n'
      << say("command.demo.links") << '\n';
  for (const auto& one : people_to_look_round_as())
    out << "  " << address << "/look-round/" << links.add(one.email) << "  " << say(one.label_key) << '\n';
}

// The policy the program carries. As with the routes, a command it says nothing about keeps the program from starting.
policy::Policy fitting_policy(const content::Library& library) {
  auto policy = shipped_policy(library);
  const auto faults = command_faults(policy);
  if (faults.empty()) return policy;
  std::string all = "the commands and the policy do not fit:";
  for (const auto& fault : faults) all += "\n  " + fault;
  throw std::runtime_error(all);
}

// How the first person gets in, while nobody has an account. The code is told here and nowhere else.
void tell_first_steps(db::Database& database, const std::string& address, const std::string& setup_code,
                      const web::Language& say, std::ostream& out) {
  if (database.read([](db::Read& read) { return accounts::accounts_count(read); }) > 0) return;
  out << say("command.serve.nobody", {{"address", address + "/setup"}, {"code", setup_code}}) << '\n';
}

}  // namespace

Ended serve(const Config& config, ServeAs as, const web::Language& say, std::ostream& out, std::ostream& err) {
  const SignalsHeld signals_held;
  const auto database = open_store(config, Needs::made_store);
  make_programme(*database);
  const auto library = content::Library::open(config.content);
  for (const auto& fault : library.faults()) err << fault.path << ": " << fault.what << '\n';
  const auto policy = fitting_policy(library);
  if (as == ServeAs::demonstration && !ready_for_demonstration(*database, library, config, say, out, err))
    return Ended::refused;

  accounts::Throttle throttle;
  web::Languages languages(languages_spoken());
  Site site{*database, policy, library, throttle, languages, config.data};
  ProgrammeZone zone(*database);
  site.zone = [&zone] { return zone.now(); };
  accounts::OneTimeLinks look_round;
  if (as == ServeAs::demonstration) {
    site.made_up = people_to_look_round_as();
    site.look_round = &look_round;
  }
  const auto setup_code = accounts::SetupCode::fresh();
  const accounts::SetupCode setup(setup_code);
  if (as == ServeAs::in_earnest) site.setup = &setup;
  site.has_mail_server = !config.mail.server.empty();

  // The port is known once the server listens.
  std::atomic<std::uint16_t> port = config.port;
  site.address = [&config, &port] { return address_of(config, port); };
  accounts::take_up_words(*database, languages);
  const Rounds going_round(*database, languages);
  const Witness witness(*database, config.journal, log_line);
  web::Server server(server_settings(config), routes(site), policy, hooks_for(site));
  port = server.port();
  // What stages put aside does not wait behind letters to a slow mail server.
  const jobs::Queue queue(*database, queued_work(site), log_line);
  std::optional<Outbox> outbox;
  if (site.has_mail_server) outbox.emplace(*database, mail_server(config.mail), letter_kinds(site));
  std::optional<OperatorSocket> socket;
  if (!database->is_postgres())
    socket.emplace(config.data, [&](const Asked& asked, const Streams& streams) {
      return run_for_client(*database, library, say, asked, streams);
    });
  const OnSignal on_signal([&] {
    log_line(say("command.serve.stopping"));
    if (outbox) outbox->stop();
    server.stop();
  });
  const auto address = address_of(config, server.port());
  out << say("command.serve.at", {{"address", address}}) << '\n';
  if (as == ServeAs::demonstration)
    tell_demonstration(address, look_round, say, out);
  else
    tell_first_steps(*database, address, setup_code, say, out);
  out.flush();
  server.run();
  // Commands of clients end before the store closes.
  socket.reset();
  log_line(say("command.serve.stopped"));
  return Ended::done;
}

}  // namespace cairn::app
