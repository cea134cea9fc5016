// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/components_fields.hpp"

// What stands round every field: label or legend, hint, what is wrong, and the ids that tie them together. For
// components_*.cpp only.
namespace cairn::web::frame {

class Parts {
 public:
  Parts(const Form& form, std::string_view name, std::string_view hint);

  bool wrong() const { return !messages_.empty(); }
  Html hint() const;
  Html errors() const;
  // The ids of hint and errors, and `more`, with blanks between; empty where there is none.
  std::string described_by(std::string_view more = {}) const;
  std::string group_class() const;
  // Label, hint, errors and input, in the order a screen reader should meet them.
  Html group(const Html& label, const Html& input) const;
  // A fieldset with its legend, the same way.
  Html fieldset(const Html& legend, const Html& inputs) const;

 private:
  const Language& say_;
  std::string name_;
  std::string hint_;
  std::vector<std::string> messages_;
};

Html label(const Language& say, std::string_view name, std::string_view words, Need need, LabelSize size);
Html legend(const Language& say, std::string_view words, Need need, LabelSize size);

}  // namespace cairn::web::frame
