// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "web/form.hpp"

namespace cairn::web {
namespace {

using Json = nlohmann::json;

// Follows the parser and keeps the fields of the outermost object. Answering false ends the parse.
class FieldsOfObject : public Json::json_sax_t {
 public:
  Fields take() { return std::move(fields_); }

  bool null() override { return !open_.empty(); }
  bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& written) override { return scalar(written); }
  bool string(string_t& value) override { return scalar(value); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return start('{'); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return !open_.empty() && start('['); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  bool key(string_t& name) override {
    if (!is_utf8(name) || !open_.back().names.insert(name).second) return false;
    if (open_.size() == 1) name_ = name;
    return true;
  }

 private:
  struct Level {
    char kind;
    std::set<std::string> names;
  };

  bool start(char kind) {
    open_.push_back({kind, {}});
    return open_.size() <= static_cast<std::size_t>(deepest_json);
  }
  bool end() {
    open_.pop_back();
    return true;
  }
  bool scalar(const std::string& value) {
    if (open_.empty() || !is_utf8(value)) return false;
    const bool of_the_object = open_.size() == 1 || (open_.size() == 2 && open_.back().kind == '[');
    if (of_the_object) fields_.add(name_, value);
    return fields_.all().size() <= most_fields;
  }

  std::vector<Level> open_;
  std::string name_;
  Fields fields_;
};

}  // namespace

std::optional<Fields> fields_from_json(std::string_view body) {
  FieldsOfObject taker;
  if (!Json::sax_parse(body, &taker)) return std::nullopt;
  return taker.take();
}

}  // namespace cairn::web
