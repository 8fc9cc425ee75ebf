// The stock capabilities for tests and demonstrations.
extension CapabilityDescriptor {
  /// The stock capability `fake_aws`.
  public static let fakeAWS = CapabilityDescriptor(
    id: "fake_aws",
    name: "Fake AWS Tools",
    description: "Imitates a small AWS account for demonstrations.",
    category: "Demo Tools",
    icon: "cloud",
    tools: [
      "aws_list_ec2_instances", "aws_create_ec2_instance", "aws_stop_ec2_instance",
      "aws_list_rds_databases", "aws_create_rds_database", "aws_list_s3_buckets",
      "aws_create_s3_bucket", "aws_list_iam_users", "aws_create_iam_user",
      "aws_list_security_groups", "aws_get_cloudwatch_metrics",
    ])

  /// The stock capability `fake_crm`.
  public static let fakeCRM = CapabilityDescriptor(
    id: "fake_crm",
    name: "Fake CRM Tools",
    description: "Imitates a customer database with support tickets for demonstrations.",
    category: "Demo Tools",
    icon: "users",
    tools: [
      "crm_list_customers", "crm_get_customer", "crm_create_customer", "crm_list_tickets",
      "crm_create_ticket", "crm_update_ticket", "crm_add_interaction", "crm_search_customers",
    ])

  /// The stock capability `fake_financial`.
  public static let fakeFinancial = CapabilityDescriptor(
    id: "fake_financial",
    name: "Fake Financial Tools",
    description: "Imitates a bookkeeping system with budgets and reports for demonstrations.",
    category: "Demo Tools",
    icon: "dollar-sign",
    tools: [
      "finance_list_transactions", "finance_create_transaction", "finance_get_balance",
      "finance_list_budgets", "finance_create_budget", "finance_get_expense_report",
      "finance_get_revenue_report", "finance_forecast_cash_flow",
    ])

  /// The stock capability `fake_warehouse`.
  public static let fakeWarehouse = CapabilityDescriptor(
    id: "fake_warehouse",
    name: "Fake Warehouse Tools",
    description: "Imitates stock, orders and shipping for demonstrations.",
    category: "Demo Tools",
    icon: "package",
    tools: [
      "warehouse_get_inventory", "warehouse_update_inventory", "warehouse_create_shipment",
      "warehouse_list_shipments", "warehouse_update_shipment_status", "warehouse_create_order",
      "warehouse_list_orders", "warehouse_create_invoice", "warehouse_process_return",
      "warehouse_inventory_report",
    ])

  /// The stock capability `noop`.
  public static let noop = CapabilityDescriptor(
    id: "noop",
    name: "No-Op",
    description: "Does nothing; exists for tests.",
    category: "Testing",
    icon: "circle-off")

  /// The stock capability `sample_data`.
  public static let sampleData = CapabilityDescriptor(
    id: "sample_data",
    name: "Sample Data",
    description: "Mounts a few read-only example data files.",
    category: "Data",
    icon: "database",
    dependencies: ["session_file_system"],
    features: ["file_system"])

  /// The stock capability `test_math`.
  public static let testMath = CapabilityDescriptor(
    id: "test_math",
    name: "Test Math",
    description: "Basic arithmetic tools for testing tool calls.",
    category: "Testing",
    icon: "calculator",
    tools: ["add", "subtract", "multiply", "divide"])

  /// The stock capability `test_weather`.
  public static let testWeather = CapabilityDescriptor(
    id: "test_weather",
    name: "Test Weather",
    description: "Made-up weather tools for testing tool calls.",
    category: "Testing",
    icon: "cloud-sun",
    tools: ["get_weather", "get_forecast"])
}
