/// A kind of store that a program can open.
public struct StoreKind: Sendable {
  package let opener: any StoreOpener

  package init(_ opener: any StoreOpener) {
    self.opener = opener
  }

  /// SQLite: one file.
  public static let sqlite = StoreKind(SQLiteStoreOpener())
}
