package main

import (
	"context"
	"fmt"
	"log"
	"os"

	scheduler "cloud.google.com/go/scheduler/apiv1"
	pb "cloud.google.com/go/scheduler/apiv1/schedulerpb"
	"google.golang.org/api/iterator"
	"google.golang.org/api/option"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
)

func check(ok bool, what string, err error) {
	if err != nil || !ok {
		log.Fatalf("%s: %v", what, err)
	}
}

func main() {
	ctx := context.Background()
	parent := fmt.Sprintf("projects/%s/locations/%s", os.Getenv("GCP_PROJECT_ID"), os.Getenv("GCP_REGION"))
	name := parent + "/jobs/go"
	client, err := scheduler.NewCloudSchedulerRESTClient(ctx,
		option.WithEndpoint(os.Getenv("SANDBOX_URL")), option.WithoutAuthentication())
	check(true, "client", err)
	job, err := client.CreateJob(ctx, &pb.CreateJobRequest{Parent: parent, Job: &pb.Job{
		Name: name, Schedule: "0 2 * * *",
		Target: &pb.Job_HttpTarget{HttpTarget: &pb.HttpTarget{Uri: "http://127.0.0.1:9/", HttpMethod: pb.HttpMethod_PUT}},
	}})
	check(job.GetHttpTarget().GetHttpMethod() == pb.HttpMethod_PUT, "create", err)
	job, err = client.GetJob(ctx, &pb.GetJobRequest{Name: name})
	check(job.GetName() == name, "get", err)
	jobs := client.ListJobs(ctx, &pb.ListJobsRequest{Parent: parent})
	job, err = jobs.Next()
	check(job.GetName() == name, "list", err)
	if _, err = jobs.Next(); err != iterator.Done {
		log.Fatal("list has no end: ", err)
	}
	job, err = client.UpdateJob(ctx, &pb.UpdateJobRequest{Job: &pb.Job{Name: name, Description: "changed"},
		UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"description"}}})
	check(job.GetDescription() == "changed", "update", err)
	job, err = client.PauseJob(ctx, &pb.PauseJobRequest{Name: name})
	check(job.GetState() == pb.Job_PAUSED, "pause", err)
	job, err = client.ResumeJob(ctx, &pb.ResumeJobRequest{Name: name})
	check(job.GetState() == pb.Job_ENABLED, "resume", err)
	job, err = client.RunJob(ctx, &pb.RunJobRequest{Name: name})
	check(job.GetName() == name, "run", err)
	check(true, "delete", client.DeleteJob(ctx, &pb.DeleteJobRequest{Name: name}))
	_, err = client.GetJob(ctx, &pb.GetJobRequest{Name: name})
	check(err != nil, "get deleted", nil)
	fmt.Println("done")
}
