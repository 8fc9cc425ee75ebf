import CommandLineTree

extension Control {
  /// The pages of the manual: the program, each noun, and the documents.
  var manualPages: [ManualPage] {
    let documents = DocumentManual.all.map { $0.reference(of: name) }
    let commands = [name, "\(name)-platform", "\(name)-seed"].map { ManualReference($0, 1) }
    return program.tree.manualPages(date: Control.date, others: documents)
      + DocumentManual.all.map {
        $0.page(
          of: name, source: program.tree.versionLine, date: Control.date,
          others: commands + documents)
      }
  }
}
