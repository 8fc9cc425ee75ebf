// Whoever imports `Everruns` has JSON values, codings and diagnostics too: the arguments and
// results of tools, the configuration of capabilities and the documents of platforms are made of
// them.
@_exported public import EverrunsDocuments
