#include "lint/api_breaches.h"

#include <algorithm>

#include "base/edit_distance.h"
#include "base/text.h"
#include "diag/diagnostic.h"
#include "ops/field_error.h"

namespace isvcc {

void Breaches::required(View around, const Path& path, std::string_view why) const {
  tell_({around, path.text(), cat(quote(path.text()), " is required", why.empty() ? "" : ": ", why),
         cat(path.text(), ": Required value", why.empty() ? "" : ": ", why)});
}

void Breaches::duplicate(View value, const Path& path) const {
  const std::string shown = field_error::shown(value);
  tell_({value, path.text(), cat(quote(path.text()), " repeats ", printable(shown)), field_error::duplicate(path.text(), shown)});
}

void Breaches::forbidden(View value, const Path& path, std::string_view why) const {
  tell_({value, path.text(), cat(quote(path.text()), ": ", why), cat(path.text(), ": Forbidden: ", why)});
}

void Breaches::not_found(View value, const Path& path, std::string message) const {
  tell_({value, path.text(), std::move(message), cat(path.text(), ": Not found: ", field_error::shown(value))});
}

void Breaches::invalid(View value, const Path& path, std::string_view shown, std::string_view why, std::string message) const {
  tell_({value, path.text(), std::move(message), field_error::invalid(path.text(), shown, why)});
}

bool Breaches::is_known(const Field& field, std::string_view map) const {
  return span_of(field.value).file == 0 || admitted_[map][field.key()].node() == field.value;
}

static void check_label(const Field& f, const Path& path, const Breaches& out) {
  const std::string_view value = View(f.value).text();
  for (const std::string& problem : name_problems(NameForm::QualifiedName, f.key()))
    out.invalid(f.value, path, go_quote(f.key()), problem, cat("label ", quote(f.key()), ": ", problem));
  for (const std::string& problem : name_problems(NameForm::LabelValue, value))
    out.invalid(f.value, path, go_quote(value), problem, cat("label ", f.key(), '=', quote(value), ": ", problem));
}

void Breaches::labels(View metadata, const Path& path) const {
  const Path at = path.key("labels");
  for (const Field& f : metadata["labels"].fields())
    if (!is_known(f, "labels")) check_label(f, at, *this);
}

void Breaches::wanted_labels(View labels, const Path& path) const {
  for (const Field& f : labels.fields()) check_label(f, path, *this);
}

// Case does not matter in their keys.
void Breaches::annotations(View metadata, const Path& path) const {
  for (const Field& f : metadata["annotations"].fields()) {
    if (is_known(f, "annotations") || is_valid_name(NameForm::QualifiedName, f.key())) continue;
    for (const std::string& problem : name_problems(NameForm::QualifiedName, to_lower(f.key())))
      invalid(f.value, path.key("annotations"), go_quote(f.key()), problem, cat("annotation ", quote(f.key()), ": ", problem));
  }
}

void Breaches::one_of(View value, const Path& path, std::initializer_list<std::string_view> allowed) const {
  if (!value || (value.is_text() && std::find(allowed.begin(), allowed.end(), value.text()) != allowed.end())) return;
  unsupported(value, path, field_error::shown(value), allowed);
}

void Breaches::unsupported(View value, const Path& path, std::string_view shown, std::initializer_list<std::string_view> allowed) const {
  std::vector<std::string> quoted;
  for (const std::string_view word : allowed) quoted.push_back(go_quote(word));
  const std::string_view near = nearest(value.text(), std::vector<std::string_view>(allowed));
  tell_({value, path.text(), cat(quote(path.text()), " is ", brief(value), ", allowed: ", join(quoted, ", "), near.empty() ? "" : cat("; did you mean ", quote(near), "?")),
         cat(path.text(), ": Unsupported value: ", shown, ": supported values: ", join(quoted, ", "))});
}

void Breaches::one_of_or_empty(View value, const Path& path, std::initializer_list<std::string_view> allowed) const {
  if (!value.is_text() || !value.text().empty()) one_of(value, path, allowed);
}

void Breaches::port(View value, const Path& path) const {
  if (value.is_text()) return name(value, path, NameForm::PortName);
  const auto number = value.integer();
  if (number && (*number < 1 || *number > 65535))
    invalid(value, path, cat(*number), "must be between 1 and 65535, inclusive", cat(quote(path.text()), " is ", *number, ": ports end at 65535"));
}

void Breaches::name(View value, const Path& path, NameForm form) const {
  if (!value.is_text()) return;
  for (const std::string& problem : name_problems(form, value.text()))
    invalid(value, path, go_quote(value.text()), problem, cat(quote(path.text()), " is ", quote(value.text()), ": ", problem));
}

void Breaches::needed_name(View map, std::string_view field, const Path& path, NameForm form) const {
  const std::string_view text = map[field].text();
  const Path at = path.key(field);
  for (const std::string& problem : name_problems(form, text))
    invalid(map[field] ? map[field] : map, at, go_quote(text), problem, cat(quote(at.text()), " is ", quote(text), ": ", problem));
}

void Breaches::positive(View value, const Path& path) const {
  const auto number = value.integer();
  if (number && *number <= 0) invalid(value, path, cat(*number), "must be greater than zero", cat(quote(path.text()), " must be above 0"));
}

void Breaches::key(View map, std::string_view field, const Path& path) const {
  if (map[field].text().empty()) required(map, path.key(field));
  else name(map[field], path.key(field), NameForm::ConfigMapKey);
}

void Breaches::not_negative(View value, const Path& path) const {
  const auto number = value.integer();
  if (number && *number < 0) invalid(value, path, cat(*number), "must be greater than or equal to 0", cat(quote(path.text()), " is negative"));
}

}  // namespace isvcc
