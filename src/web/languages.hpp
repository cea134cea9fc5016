// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "web/language.hpp"
#include "web/request.hpp"

namespace cairn::web {

// The programme's own words, as Language takes them: "worker.many" -> "peer volunteers". Those it has not chosen are
// absent.
using Terms = std::map<std::string, std::string>;

// The cookie in which a device remembers its language.
inline constexpr std::string_view language_cookie_name = "__Host-cairn-language";

// Every language the site is read in, with the programme's words in it. Safe to use from many threads: what was handed
// out stays as it is while others take up new words.
class Languages {
 public:
  // Those the program carries texts for: the folders of locales/. English first.
  static std::vector<std::string> carried();
  // `codes`: one or more; the first is the usual one. Throws std::runtime_error for a language that has no texts.
  explicit Languages(const std::vector<std::string>& codes = carried());

  const std::vector<std::string>& codes() const { return codes_; }
  bool has(std::string_view code) const;
  // Under the name each has in itself.
  std::vector<LanguageChoice> choices() const;
  std::shared_ptr<const Language> usual() const { return in(codes_.front()); }
  // The usual one for a code there is none of.
  std::shared_ptr<const Language> in(std::string_view code) const;
  // With the usual words, whatever the programme has chosen.
  std::shared_ptr<const Language> standard(std::string_view code) const;
  // The language for a request: what the person chose, or the device; only where nothing was chosen, what the browser
  // asks for; the usual one otherwise. Waits for nothing.
  std::shared_ptr<const Language> for_request(const Request& request) const;
  // The same among some of them: what was chosen where it is one of `codes`, else what the browser asks for, else the
  // first of `codes` that the site is read in, else the usual one.
  std::shared_ptr<const Language> for_request(const Request& request, const std::vector<std::string>& codes) const;

  // From now on with these words, by language; those of a language that is not named are the usual ones again.
  void use(const std::map<std::string, Terms>& terms);

 private:
  const std::vector<std::string> codes_;
  std::map<std::string, std::shared_ptr<const Language>, std::less<>> plain_;  // with the usual words
  mutable std::mutex mutex_;                                                   // held for a copied pointer's time
  std::map<std::string, std::shared_ptr<const Language>, std::less<>> spoken_;
};

// The first of `codes` among what a browser asks for in Accept-Language, by its own order of weight; "en" answers
// "en-GB". Empty where it asks for none of them, or makes no sense.
std::string accepted_language(std::string_view header, const std::vector<std::string>& codes);

}  // namespace cairn::web
