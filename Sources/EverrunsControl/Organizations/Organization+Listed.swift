import EverrunsStore

extension Organization: Listed {
  var listName: String { publicID }
}
