// SPDX-License-Identifier: Apache-2.0
#include "web/languages.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "base/embedded.hpp"
#include "base/text.hpp"

namespace cairn::web {
namespace {

// The weight behind ";q=", in thousandths; 1,000 where none is written, 0 for what is no weight.
int weight_of(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const auto written = trimmed(parameters.substr(at + 2));
  if (written.empty() || written.size() > 5 || (written[0] != '0' && written[0] != '1')) return 0;
  int weight = (written[0] - '0') * 1000;
  int place = 100;
  for (const char digit : written.substr(std::min<std::size_t>(2, written.size()))) {
    if (digit < '0' || digit > '9') return 0;
    weight += (digit - '0') * place;
    place /= 10;
  }
  return weight;
}

}  // namespace

std::string accepted_language(std::string_view header, const std::vector<std::string>& codes) {
  std::string best;
  int heaviest = 0;
  for (const auto part : split(header, ',')) {
    const auto semicolon = part.find(';');
    const auto asked = lower(trimmed(part.substr(0, semicolon)));
    const auto weight = weight_of(semicolon == std::string_view::npos ? std::string_view() : part.substr(semicolon));
    const auto found = std::find_if(codes.begin(), codes.end(), [&](const std::string& code) {
      return asked == code || asked.starts_with(code + "-");
    });
    if (found == codes.end() || weight <= heaviest) continue;
    best = *found;
    heaviest = weight;
  }
  return best;
}

std::vector<std::string> Languages::carried() {
  constexpr std::string_view folder = "locales/";
  std::vector<std::string> codes{"en"};
  for (const auto& file : embedded_files()) {
    if (!file.path.starts_with(folder)) continue;
    const auto rest = file.path.substr(folder.size());
    std::string code(rest.substr(0, rest.find('/')));
    if (code != "notes" && std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(std::move(code));
  }
  return codes;
}

Languages::Languages(const std::vector<std::string>& codes) : codes_(codes) {
  if (codes_.empty()) throw std::runtime_error("a site needs a language");
  for (const auto& code : codes_) plain_.emplace(code, std::make_shared<const Language>(Language::from_embedded(code)));
  spoken_ = plain_;
}

bool Languages::has(std::string_view code) const {
  return plain_.contains(code);
}

std::vector<LanguageChoice> Languages::choices() const {
  std::vector<LanguageChoice> choices;
  choices.reserve(codes_.size());
  for (const auto& code : codes_) choices.push_back({code, (*plain_.find(code)->second)("language.name")});
  return choices;
}

std::shared_ptr<const Language> Languages::in(std::string_view code) const {
  const std::lock_guard lock(mutex_);
  const auto found = spoken_.find(code);
  return found == spoken_.end() ? spoken_.find(codes_.front())->second : found->second;
}

std::shared_ptr<const Language> Languages::standard(std::string_view code) const {
  const auto found = plain_.find(code);
  return found == plain_.end() ? plain_.find(codes_.front())->second : found->second;
}

std::shared_ptr<const Language> Languages::for_request(const Request& request) const {
  if (codes_.size() == 1) return usual();
  if (request.signed_in && has(request.signed_in->language)) return in(request.signed_in->language);
  if (has(request.language_cookie)) return in(request.language_cookie);
  return in(accepted_language(request.accept_language, codes_));
}

std::shared_ptr<const Language> Languages::for_request(const Request& request,
                                                       const std::vector<std::string>& codes) const {
  std::vector<std::string> possible;
  std::copy_if(codes.begin(), codes.end(), std::back_inserter(possible),
               [&](const std::string& code) { return has(code); });
  if (possible.empty()) return usual();
  const auto asked_in = [&](const std::string& code) { return std::ranges::find(possible, code) != possible.end(); };
  if (request.signed_in && asked_in(request.signed_in->language)) return in(request.signed_in->language);
  if (asked_in(request.language_cookie)) return in(request.language_cookie);
  const auto accepted = accepted_language(request.accept_language, possible);
  return in(accepted.empty() ? possible.front() : accepted);
}

void Languages::use(const std::map<std::string, Terms>& terms) {
  std::map<std::string, std::shared_ptr<const Language>, std::less<>> made = plain_;
  for (const auto& [code, words] : terms) {
    const auto plain = made.find(code);
    if (plain != made.end()) plain->second = std::make_shared<const Language>(plain->second->with(words));
  }
  const std::lock_guard lock(mutex_);
  spoken_.swap(made);
}

}  // namespace cairn::web
