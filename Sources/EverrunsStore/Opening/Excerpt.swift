/// What a store is that holds only a part of a control plane's database.
///
/// Of organizations that are not noted in `seed_unsettled` it is known that they hold exactly what
/// they should, so their rows need not be there.
struct Excerpt {
  /// Whether the database has a place for what was last applied.
  var hasMemory = true
}
