// The KServe releases whose installed objects this library knows, oldest first.
local known = ['v0.18.1', 'v0.19.0', 'v0.20.0'];

local place(release) =
  local found = std.find(release, known);
  if std.length(found) == 1 then found[0]
  else error 'KServe release %s is not one of %s' % [std.toString(release), std.join(', ', known)];

{
  known:: known,

  // True when `release` is `first` or newer.
  since(release, first):: place(release) >= place(first),

  // Fails, with the list of known releases, for anything else.
  check(release):: place(release) >= 0,
}
