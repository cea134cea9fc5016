// SPDX-License-Identifier: Apache-2.0
#include "app/texts.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/embedded.hpp"

namespace cairn::app {
namespace {

std::string texts_of(const std::string& code) {
  auto all = nlohmann::json::object();
  const std::string whole = "locales/" + code + ".json";
  const std::string folder = "locales/" + code + "/";
  for (const auto& file : embedded_files()) {
    if (file.path != whole && !file.path.starts_with(folder)) continue;
    const auto texts = nlohmann::json::parse(file.bytes);
    for (const auto& [key, text] : texts.items()) {
      if (all.contains(key)) throw std::runtime_error("the text " + key + " stands in two files of locales/" + code);
      all[key] = text;
    }
  }
  return all.dump();
}

}  // namespace

web::Language language(const std::string& code, std::map<std::string, std::string> terms) {
  return {code, texts_of(code), texts_of("en"), std::move(terms)};
}

}  // namespace cairn::app
