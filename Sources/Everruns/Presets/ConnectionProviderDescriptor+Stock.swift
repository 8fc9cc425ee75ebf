extension ConnectionProviderDescriptor {
  /// The stock connection provider `brave_search`.
  public static let braveSearch = ConnectionProviderDescriptor(
    id: "brave_search",
    displayName: "Brave Search",
    description: "Key-based access to the Brave web search service.",
    icon: "search",
    connectionType: .apiKey,
    formSchema: ConnectionFormSchema(
      fields: [
        FormField(
          name: "api_key",
          label: "API Key",
          fieldType: .password,
          isRequired: true,
          placeholder: "BSA...")
      ],
      instructionsMarkdown: """
        Create a search key at [brave.com/search/api](https://brave.com/search/api/) and enter \
        it here.
        """),
    isExperimental: true)

  /// The stock connection provider `browserless`.
  public static let browserless = ConnectionProviderDescriptor(
    id: "browserless",
    displayName: "Browserless",
    description: "Token-based access to hosted headless browsers.",
    icon: "browserless",
    connectionType: .apiKey,
    formSchema: ConnectionFormSchema(
      fields: [
        FormField(
          name: "api_key",
          label: "API Token",
          fieldType: .password,
          isRequired: true,
          placeholder: "your-browserless-api-token")
      ],
      instructionsMarkdown: """
        Copy the token shown on your [Browserless account \
        page](https://www.browserless.io/account/home).
        """))

  /// The stock connection provider `daytona`.
  public static let daytona = ConnectionProviderDescriptor(
    id: "daytona",
    displayName: "Daytona",
    description: "Key-based access to Daytona workspaces.",
    icon: "cloud",
    connectionType: .apiKey,
    formSchema: ConnectionFormSchema(
      fields: [
        FormField(
          name: "api_key",
          label: "API Key",
          fieldType: .password,
          isRequired: true,
          placeholder: "your-daytona-api-key")
      ],
      instructionsMarkdown: """
        Make a key in the [Daytona dashboard](https://app.daytona.io) and enter it here.
        """))

  /// The stock connection provider `deno`.
  public static let deno = ConnectionProviderDescriptor(
    id: "deno",
    displayName: "Deno Deploy",
    description: "Token-based access to Deno sandboxes.",
    icon: "server",
    connectionType: .apiKey,
    formSchema: ConnectionFormSchema(
      fields: [
        FormField(
          name: "api_key",
          label: "Access Token",
          fieldType: .password,
          isRequired: true,
          placeholder: "ddo_... or ddp_...",
          helpText: "Organization tokens begin with ddo_, personal ones with ddp_."),
        FormField(
          name: "org_slug",
          label: "Organization Slug",
          placeholder: "my-org",
          helpText: "Only needed together with a personal token."),
      ],
      instructionsMarkdown: """
        Make an access token in the [Deno console](https://console.deno.com). With a personal \
        token, give the organization slug as well.
        """))

  /// The stock connection provider `github`.
  public static let gitHub = ConnectionProviderDescriptor(
    id: "github",
    displayName: "GitHub",
    description: "Sign-in with a GitHub account.",
    icon: "github",
    connectionType: .oauth)

  /// The stock connection provider `sprites`.
  public static let sprites = ConnectionProviderDescriptor(
    id: "sprites",
    displayName: "Sprites",
    description: "Token-based access to Sprites machines.",
    icon: "sprites",
    connectionType: .apiKey,
    formSchema: ConnectionFormSchema(
      fields: [
        FormField(
          name: "api_key",
          label: "API Token",
          fieldType: .password,
          isRequired: true,
          placeholder: "your-sprites-api-token")
      ],
      instructionsMarkdown: """
        Install the command-line client from [sprites.dev](https://sprites.dev/install.sh), \
        run `sprite login`, then create a token and enter it here.
        """))
}

extension ConnectionProviderDescriptor {
  /// The connection providers of the stock platform, sorted by id.
  static let stock: [ConnectionProviderDescriptor] = [
    .braveSearch, .browserless, .daytona, .deno, .gitHub, .sprites,
  ]
}
