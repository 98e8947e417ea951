import os
import threading

from paho.mqtt.client import CallbackAPIVersion, Client, MQTTv5

phone = Client(CallbackAPIVersion.VERSION2, client_id='hall', protocol=MQTTv5)


@phone.connect_callback()
def welcome(client, userdata, flags, reason_code, properties):
    client.subscribe([('home/#', 1)])


@phone.topic_callback('home/livingroom/temperature')
def show(client, userdata, message):
    print(f'{message.payload.decode()} °C')


phone.username_pw_set(os.environ['ROOM'])
phone.connect(os.environ['HOST'], int(os.environ['PORT']), keepalive=30)
phone.loop_start()
threading.Event().wait()
