package com.example.network;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Runs a registry, an agent, or both, as {@code application.properties} says. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class NetworkApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(NetworkApplication.class, arguments);
    }
}
