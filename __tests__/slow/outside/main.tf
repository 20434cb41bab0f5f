# A project of another shape: a service that exists, one of its own, jobs over HTTP and one over Pub/Sub.
terraform {
  required_providers {
    google = { source = "hashicorp/google" }
  }
}

variable "project" {
  type = string
}

variable "push_endpoint" {
  type = string
}

variable "ack_deadline" {
  type    = number
  default = 10
}

variable "labels" {
  type    = map(string)
  default = {}
}

provider "google" {
  project = var.project
  region  = "europe-west1"
}

data "google_cloud_run_v2_service" "reports" {
  name     = "reports"
  location = "europe-west1"
}

resource "google_service_account" "caller" {
  account_id   = "reports-caller"
  display_name = "Calls the reports service"
}

resource "google_cloud_run_v2_service_iam_member" "caller" {
  name     = data.google_cloud_run_v2_service.reports.name
  location = data.google_cloud_run_v2_service.reports.location
  role     = "roles/run.invoker"
  member   = "serviceAccount:${google_service_account.caller.email}"
}

resource "google_cloud_scheduler_job" "daily" {
  name             = "daily-report"
  description      = "Writes yesterday's report"
  schedule         = "30 4 * * *"
  time_zone        = "Europe/Berlin"
  attempt_deadline = "120s"

  retry_config {
    retry_count = 2
  }

  http_target {
    http_method = "POST"
    uri         = "${data.google_cloud_run_v2_service.reports.uri}/daily"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode(jsonencode({ format = "pdf" }))

    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = data.google_cloud_run_v2_service.reports.uri
    }
  }
}

resource "google_cloud_run_v2_service" "archive" {
  name                = "archive"
  location            = "europe-west1"
  deletion_protection = false

  template {
    service_account = google_service_account.caller.email

    containers {
      image = "us-docker.pkg.dev/cloudrun/container/hello"
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "archive" {
  name     = google_cloud_run_v2_service.archive.name
  location = google_cloud_run_v2_service.archive.location
  role     = "roles/run.invoker"
  member   = google_service_account.caller.member
}

resource "google_service_account_iam_member" "deployer" {
  service_account_id = google_service_account.caller.name
  role               = "roles/iam.serviceAccountUser"
  member             = "user:deployer@example.com"
}

resource "google_cloud_scheduler_job" "archive" {
  name      = "archive"
  schedule  = "45 4 * * *"
  time_zone = "Europe/Berlin"

  http_target {
    http_method = "POST"
    uri         = "${google_cloud_run_v2_service.archive.uri}/archive"

    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = google_cloud_run_v2_service.archive.uri
    }
  }
}

resource "google_pubsub_topic" "ticks" {
  name   = "ticks"
  labels = var.labels
}

resource "google_pubsub_subscription" "ticks" {
  name                 = "ticks-to-reports"
  topic                = google_pubsub_topic.ticks.id
  labels               = var.labels
  ack_deadline_seconds = var.ack_deadline

  push_config {
    push_endpoint = var.push_endpoint

    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = "reports"
    }
  }
}

resource "google_pubsub_topic_iam_member" "publisher" {
  topic  = google_pubsub_topic.ticks.name
  role   = "roles/pubsub.publisher"
  member = google_service_account.caller.member
}

resource "google_pubsub_subscription" "pulled" {
  name  = "ticks-to-an-auditor"
  topic = google_pubsub_topic.ticks.id
}

resource "google_cloud_scheduler_job" "tick" {
  name      = "tick"
  schedule  = "0 */6 * * *"
  time_zone = "Etc/UTC"

  pubsub_target {
    topic_name = google_pubsub_topic.ticks.id
    data       = base64encode("tick")
    attributes = { source = "scheduler" }
  }
}
