// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sodium.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>

#include "base/embedded.hpp"
#include "base/stop.hpp"
#include "evaluation/actions_reports.hpp"
#include "evaluation/pages_folder.hpp"

extern char** environ;

namespace cairn::evaluation {
namespace {

// A report takes weasyprint some seconds; on a machine with much else to do, many more.
constexpr auto longest_run = std::chrono::seconds(180);
constexpr auto between_looks = std::chrono::milliseconds(20);

std::string_view carried(std::string_view path) {
  for (const auto& file : embedded_files())
    if (file.path == path) return file.bytes;
  return {};
}

std::string base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '\0');
  const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
  // libsodium writes the closing zero, too, for which std::string has room.
  sodium_bin2base64(out.data(), out.size() + 1, from, bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  return out;
}

// The program's style sheet with its fonts inside, so that the file needs no other.
std::string style() {
  std::string css(carried("static/cairn.css"));
  constexpr std::string_view start = "url(";
  constexpr std::string_view ending = ".woff2)";
  for (auto at = css.find(ending); at != std::string::npos; at = css.find(ending, at)) {
    const auto from = css.rfind(start, at);
    const auto name = css.substr(from + start.size(), at + ending.size() - 1 - from - start.size());
    const auto inside = "url(data:font/woff2;base64," + base64(carried("static/" + name)) + ")";
    css.replace(from, at + ending.size() - from, inside);
    at = from + inside.size();
  }
  return css;
}

Unavailable no_pdf(const std::string& why) {
  return Unavailable("pdf: " + why, "evaluation.stop.no_pdf");
}

// Waits for a child at most longest_run; ends it where it takes longer. Its exit status, or -1.
int ended(pid_t child) {
  const auto until = std::chrono::steady_clock::now() + longest_run;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > until) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return -1;
    }
    std::this_thread::sleep_for(between_looks);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The parameters of a program as posix_spawn wants them.
int run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  // What weasyprint says of fonts and styles is of no use to a reader; whether it ended well is.
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int wrong = posix_spawnp(&child, arguments.front(), &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (wrong != 0) throw no_pdf("weasyprint cannot be started: " + std::string(std::strerror(wrong)));
  return ended(child);
}

}  // namespace

std::string standalone_html(const web::Language& say, const ReportView& view) {
  const auto title = report_title(say, view.report.about);
  const auto head = web::void_tag("meta", {{"charset", "utf-8"}}) +
                    web::void_tag("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}) +
                    web::tag("title", {}, title) +
                    // Our own style sheet, carried by the program; nothing in it was typed by anybody.
                    web::Html::ready("<style>" + style() + "</style>");
  const auto main =
      web::tag("main", {{"class", "nhsuk-main-wrapper cairn-main"}, {"id", "main"}}, report_words(say, view));
  const auto body =
      web::tag("body", {{"class", "cairn-file"}}, web::tag("div", {{"class", "nhsuk-width-container"}}, main));
  return "<!doctype html>\n" + web::tag("html", {{"lang", say.code()}}, web::tag("head", {}, head), body).bytes() +
         "\n";
}

std::string pdf_from_html(const std::string& html) {
  const Folder folder;
  const auto from = folder / "report.html";
  const auto to = folder / "report.pdf";
  std::ofstream(from, std::ios::binary) << html;
  const int status = run({"weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1", "--encoding", "utf-8", from, to});
  auto bytes = folder.bytes_of("report.pdf");
  if (status != 0 || !bytes.starts_with("%PDF")) throw no_pdf("weasyprint ended with " + std::to_string(status));
  return bytes;
}

}  // namespace cairn::evaluation
