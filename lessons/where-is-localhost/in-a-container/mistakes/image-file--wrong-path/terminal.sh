docker run -d --name broker -p 1883:1883 -v "$PWD:/etc/mosquitto" eclipse-mosquitto:2.0
# apply
